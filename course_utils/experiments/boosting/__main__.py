"""The stored tables of lesson 06, on the products of the present profile; `recipes` and `contrastive` before others.
The source's ResNets and ViT are run by name where their weights are: `recipes searched --encoders resnet18 vit_b_16`.

    COURSE_RESULTS=results python -m course_utils.experiments.boosting recipes searched
    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.boosting recipes searched paper rule

recipes      what validation says of each recipe, five encoders
searched     raw, and what of the boosted head is searched with
cost         milliseconds, bytes and weights beside the quality of `searched`
scratch      a small network of one's own on the labelled pictures alone
paper        the source's table: raw and its three tasks by its own recipe
rule         its three tasks to its stopping rule, with the ranking on the way
labels, noise, attributes, unlabelled     what a label is worth
contrastive, groups, within, short        what boosting destroys, and two other heads
"""

from course_utils.experiments.boosting import cost, destroyed, labels, paper, scratch, searched
from course_utils.experiments.boosting.shop import ENCODERS, FAVOURITE, LESSON, PUBLISHED, STUDIED, Shop
from course_utils.experiments.command import topics_parser, write_table
from course_utils.experiments.rows import INTERVALS_NOTE, SEEDS_NOTE

CHOSEN, FIRST_SEED = f"recipe chosen on validation; {SEEDS_NOTE}", f"{INTERVALS_NOTE}, seed 0"
PUBLISHED_RECIPE = "published recipe: batches of 32, Adam, weight decay 1e-5, He initialisation"
RULE = "200 epochs or a loss below .002"
TOPICS = {  # name: (what makes the rows of one encoder, how they were made)
    "recipes": (searched.make_recipes, "mAP@10 of the hidden layer on validation, repaired lists; seed 0"),
    "searched": (searched.make_searched, f"{CHOSEN}; {FIRST_SEED}"),
    "cost": (
        cost.make_cost,
        "processor time of one core for one picture, read from its file, in batches of 8 (mean of "
        f"{cost.PICTURES}); quality as in `searched`",
    ),
    "scratch": (
        scratch.make_scratch,
        f"random weights, {scratch.EPOCHS} epochs on the attributes of the train pictures; {SEEDS_NOTE}; {FIRST_SEED}",
    ),
    "paper": (
        paper.make_paper,
        f"{PUBLISHED_RECIPE}; attributes: {RULE}; tags and both: stopped early, after {paper.EARLY} epochs; "
        f"{SEEDS_NOTE}; {FIRST_SEED}",
    ),
    "rule": (paper.make_rule, f"frozen {FAVOURITE}, published recipe, {RULE}; seed 0"),
    "labels": (
        labels.make_labels,
        f"{CHOSEN} with all labels; a quarter as many labels beside them validate; as many steps as with all",
    ),
    "noise": (labels.make_noise, f"{CHOSEN} with right labels; train and validation labels are equally wrong"),
    "attributes": (labels.make_attributes, CHOSEN),
    "unlabelled": (labels.make_unlabelled, CHOSEN),
    "contrastive": (destroyed.make_contrastive, f"{CHOSEN}, as is the temperature"),
    "groups": (
        destroyed.make_groups,
        f"{destroyed.HELD_OUT} of 100 groups, drawn by each seed, search one another, repaired lists; unseen: learned "
        f"from the other {100 - destroyed.HELD_OUT}, seen: from as many products of all groups; {CHOSEN}",
    ),
    "within": (
        destroyed.make_within,
        f"chance .5; {CHOSEN}; tags and both: published recipe, {paper.EARLY} epochs; {FIRST_SEED}",
    ),
    "short": (destroyed.make_short, CHOSEN),
}
TAKEN_APART = ("labels", "noise", "attributes", "unlabelled", "contrastive", "groups", "within", "short")
# the encoders of a topic that is not for all
ONLY = dict.fromkeys(TAKEN_APART, STUDIED) | {"scratch": (scratch.NETWORK,), "rule": (FAVOURITE,)}


def main(chosen: list[str], encoders: list[str]) -> None:
    shop = Shop()
    for topic in chosen:
        make, note = TOPICS[topic]
        names = [name for name in encoders if name in ONLY.get(topic, encoders)]
        write_table(LESSON, topic, (make(shop, name) for name in names), note)


if __name__ == "__main__":
    parser = topics_parser("boosting", TOPICS)
    every = (*ENCODERS, *PUBLISHED)
    parser.add_argument("--encoders", nargs="+", choices=every, default=ENCODERS, help="a table of these alone")
    options = parser.parse_args()
    main(options.topics, options.encoders)
