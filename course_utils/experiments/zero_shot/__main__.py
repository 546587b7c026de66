"""The stored tables of lesson 05, on class-disjoint splits of the sets of the present profile.

    COURSE_RESULTS=results python -m course_utils.experiments.zero_shot models words mixed
    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.zero_shot models mixed leakage

models   encoders of sentences and pictures joined by a linear map: the source's six and the published ones
recipe   least squares as published against centred cosines and a ridge
words    words that were kept out of training, and colours said in other words (drawn sentences)
mixed    a gallery of seen and unseen species
leakage  species that ImageNet has (photographs)
"""

import argparse

from course_utils import config
from course_utils.experiments.zero_shot import topics
from course_utils.experiments.zero_shot.tasks import SETS, Task, load_set
from course_utils.results import save_table

LESSON, SEEDS = "05_zero_shot", (0, 1, 2)
TOPICS = {
    "models": topics.make_models,
    "stage_one": topics.make_stage_one,
    "recipe": topics.make_recipe,
    "words": topics.make_words,
    "mixed": topics.make_mixed,
    "leakage": topics.make_leakage,
}
NOTES = {
    "models": "-mini: fine-tuned on the seen species, least squares, Euclidean distance, as published; others: frozen, "
    "ridge chosen on species held out of training, cosine; splits 0, 1, 2",
    "stage_one": "the source's classifiers, accuracy on new pictures and sentences of seen species; splits 0, 1, 2",
    "recipe": f"frozen {topics.PICTURE}; as published: least squares, Euclidean; cosine: centred; ridge: chosen on "
    "species held out of training; ten splits",
    "words": f"frozen {topics.PICTURE}; half of the words of a kind are drawn and kept out of training, the ridge is "
    "chosen with the other half; ten splits",
    "mixed": f"frozen {topics.PICTURE}; gallery: unseen species and the validation pictures of the seen ones; handicap "
    "chosen on species held out of training; splits 0, 1, 2",
    "leakage": f"frozen {topics.PICTURE}, which was pretrained on ImageNet; splits 0, 1, 2",
}


def main(chosen: list[str]) -> None:
    sets = {name: load_set(name) for name in SETS[config.profile()]}
    for topic in chosen:
        rows = []
        for name, images in sets.items():
            rows += TOPICS[topic](name, [Task(images, seed) for seed in SEEDS])
            print(f"wrote {save_table(LESSON, topic, rows, NOTES[topic])}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m course_utils.experiments.zero_shot")
    parser.add_argument("topics", nargs="+", choices=tuple(TOPICS), metavar="TOPIC", help=f"of {', '.join(TOPICS)}")
    main(parser.parse_args().topics)
