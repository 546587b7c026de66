"""The stored tables of lesson 05, on class-disjoint splits of the sets of the present profile.

    COURSE_RESULTS=results python -m course_utils.experiments.zero_shot models words mixed
    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.zero_shot models mixed leakage

models   encoders of sentences and pictures joined by a linear map: the source's six and the published ones
recipe   least squares as published against centred cosines and a ridge
words    words that were kept out of training, and colours said in other words (drawn sentences)
mixed    a gallery of seen and unseen species
leakage  species that ImageNet has (photographs)
"""

from course_utils import config
from course_utils.experiments.command import topics_parser, write_table
from course_utils.experiments.rows import SEEDS
from course_utils.experiments.zero_shot import topics
from course_utils.experiments.zero_shot.tasks import SETS, Task, load_set

FROZEN, SPLITS = f"frozen {topics.PICTURE}", f"splits {', '.join(map(str, SEEDS))}"
CHOSEN = "chosen on species held out of training"
TOPICS = {  # name: (what makes the rows of one data set from its splits, how they were made)
    "models": (
        topics.make_models,
        "-mini: fine-tuned on the seen species, least squares, Euclidean distance, as published; others: frozen, "
        f"ridge {CHOSEN}, cosine; {SPLITS}",
    ),
    "stage_one": (
        topics.make_stage_one,
        f"the source's classifiers, accuracy on new pictures and sentences of seen species; {SPLITS}",
    ),
    "recipe": (
        topics.make_recipe,
        f"{FROZEN}; as published: least squares, Euclidean; cosine: centred; ridge: {CHOSEN}; ten splits",
    ),
    "words": (
        topics.make_words,
        f"{FROZEN}; half of the words of a kind are drawn and kept out of training, the ridge is chosen with the other "
        "half; ten splits",
    ),
    "mixed": (
        topics.make_mixed,
        f"{FROZEN}; gallery: unseen species and the validation pictures of the seen ones; handicap {CHOSEN}; {SPLITS}",
    ),
    "leakage": (topics.make_leakage, f"{FROZEN}, which was pretrained on ImageNet; {SPLITS}"),
}


def main(chosen: list[str]) -> None:
    sets = {name: load_set(name) for name in SETS[config.profile()]}
    for topic in chosen:
        make, note = TOPICS[topic]
        tasks = ((name, [Task(images, seed) for seed in SEEDS]) for name, images in sets.items())
        write_table("05_zero_shot", topic, (make(name, splits) for name, splits in tasks), note)


if __name__ == "__main__":
    main(topics_parser("zero_shot", TOPICS).parse_args().topics)
