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

import argparse

from course_utils.experiments.boosting import cost, destroyed, labels, paper, scratch, searched
from course_utils.experiments.boosting.shop import ENCODERS, FAVOURITE, LESSON, PUBLISHED, STUDIED, Shop
from course_utils.results import save_table

TOPICS = {
    "recipes": searched.make_recipes,
    "searched": searched.make_searched,
    "cost": cost.make_cost,
    "scratch": scratch.make_scratch,
    "paper": paper.make_paper,
    "rule": paper.make_rule,
    "labels": labels.make_labels,
    "noise": labels.make_noise,
    "attributes": labels.make_attributes,
    "unlabelled": labels.make_unlabelled,
    "contrastive": destroyed.make_contrastive,
    "groups": destroyed.make_groups,
    "within": destroyed.make_within,
    "short": destroyed.make_short,
}
ONLY = {"scratch": (scratch.NETWORK,), "rule": (FAVOURITE,)} | dict.fromkeys(
    ("labels", "noise", "attributes", "unlabelled", "contrastive", "groups", "within", "short"), STUDIED
)  # the encoders of a topic that is not for all
SEEDS = "seeds 0, 1, 2"
CHOSEN = f"recipe chosen on validation; {SEEDS}"
NOTES = {
    "recipes": "mAP@10 of the hidden layer on validation, repaired lists; seed 0",
    "searched": f"{CHOSEN}; intervals: 95 %, bootstrap over queries, seed 0",
    "cost": "processor time of one core for one picture, read from its file, in batches of 8 (mean of "
    f"{cost.PICTURES}); quality as in `searched`",
    "scratch": f"random weights, {scratch.EPOCHS} epochs on the attributes of the train pictures; {SEEDS}; intervals: "
    "95 %, bootstrap over queries, seed 0",
    "paper": "published recipe: batches of 32, Adam, weight decay 1e-5, He initialisation; attributes: 200 epochs or a "
    f"loss below .002; tags and both: stopped early, after {paper.EARLY} epochs; {SEEDS}; intervals: 95 %, "
    "bootstrap over queries, seed 0",
    "rule": f"frozen {FAVOURITE}, published recipe, 200 epochs or a loss below .002; seed 0",
    "labels": f"{CHOSEN} with all labels; a quarter as many labels beside them validate; as many steps as with all",
    "noise": f"{CHOSEN} with right labels; train and validation labels are equally wrong",
    "attributes": CHOSEN,
    "unlabelled": CHOSEN,
    "contrastive": f"{CHOSEN}, as is the temperature",
    "groups": f"{destroyed.HELD_OUT} of 100 groups, drawn by each seed, search one another, repaired lists; unseen: "
    f"learned from the other {100 - destroyed.HELD_OUT}, seen: from as many products of all groups; {CHOSEN}",
    "within": f"chance .5; {CHOSEN}; tags and both: published recipe, {paper.EARLY} epochs; intervals: 95 %, bootstrap "
    "over queries, seed 0",
    "short": CHOSEN,
}


def main(chosen: list[str], encoders: list[str]) -> None:
    shop = Shop()
    for topic in chosen:
        rows = []
        for name in (name for name in encoders if name in ONLY.get(topic, encoders)):
            rows += TOPICS[topic](shop, name)
            print(f"{name}: wrote {save_table(LESSON, topic, rows, NOTES[topic])}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m course_utils.experiments.boosting")
    parser.add_argument("topics", nargs="+", choices=tuple(TOPICS), metavar="TOPIC", help=f"of {', '.join(TOPICS)}")
    parser.add_argument(
        "--encoders", nargs="+", choices=(*ENCODERS, *PUBLISHED), default=ENCODERS, help="a table of these alone"
    )
    options = parser.parse_args()
    main(options.topics, options.encoders)
