"""Every encoder as it comes, on real photographs that it was not trained on: one table a data set.

    COURSE_PROFILE=real python -m course_utils.experiments.raw mit_split flowers     (without names: all that are there)

scenes    train is searched by test; mAP over the full ranking, P@1
products  1,000 test products search each other, right are the ten most similar by attributes and name; mAP@10
unseen    species that a split sets aside search each other, each picture the others; R@1, MAP@R; three splits
words     Flickr8k's official 1,000 test pictures and their sentences, both directions; only what has both sides
Nothing is trained. Intervals: 95 %, bootstrap over queries, of the first split where there are several.
"""

import argparse
import sys
from collections.abc import Callable

from course_utils.config import DatasetMissing
from course_utils.datasets import load_birds, load_captions, load_flowers, load_products, load_scenes
from course_utils.encoders import load_encoder, load_text_encoder
from course_utils.experiments.backbone import LITES
from course_utils.experiments.boosting.shop import Shop
from course_utils.experiments.halves import search_itself
from course_utils.experiments.rows import SEEDS, with_interval
from course_utils.features import embed_hog
from course_utils.metrics import evaluate_cross_modal, evaluate_retrieval
from course_utils.results import row, save_table

LESSON = "02_pretrained"
# method of the table -> (how to embed pictures, their size)
ENCODERS: dict[str, Callable] = {
    "hog": lambda: (embed_hog, 128),
    "resnet18-mini": lambda: _of("resnet18-mini"),
    "vgg11-mini": lambda: _of("vgg11-mini"),
    "efficientnet_lite0-random": lambda: _of("efficientnet_lite0", "random", image_size=224),
    "efficientnet_lite0-128": lambda: _of("efficientnet_lite0", image_size=128),
    "efficientnet_lite0-gem": lambda: _of("efficientnet_lite0", image_size=224, pooling="gem"),
    **{name: lambda name=name: _of(name, image_size=224) for name in LITES},
    "clip-small": lambda: _of("clip-small"),
}
# of one network, measured on the scenes alone
VARIANTS = ("efficientnet_lite0-random", "efficientnet_lite0-128", "efficientnet_lite0-gem")


def _of(name: str, *weights, **options):
    encoder = load_encoder(name, *weights, **options)
    return encoder.embed, encoder.image_size


def scenes(method: str, dataset: str = "mit_split") -> list[dict]:
    data, (embed, size) = load_scenes(dataset), ENCODERS[method]()
    query, gallery = embed(data.test.load(size)), embed(data.train.load(size))
    report = evaluate_retrieval(query, gallery, data.test.labels, data.train.labels)
    rows = with_interval(dataset, method, "mean_ap", report.mean_ap, report.average_precision)
    return [*rows, row(dataset, method, "precision_at_1", report.precision_at[1])]


def products(method: str, dataset: str = "fashion_products") -> list[dict]:
    shop, (embed, size) = Shop(load_products(dataset)), ENCODERS[method]()
    report = shop.score(embed(shop.parts["test"].load(size)))
    return with_interval(dataset, method, "map_at_10", report.map_at_k, report.average_precision)


def unseen(method: str, dataset: str) -> list[dict]:
    images, (embed, size) = {"birds": load_birds, "flowers": load_flowers}[dataset](captions="any"), ENCODERS[method]()
    vectors, reports = embed(images.load(size)), []
    place = {path: i for i, path in enumerate(images.paths)}
    for seed in SEEDS:
        test = images.class_disjoint_split(seed, test_fraction=0.5).test
        reports.append(search_itself(vectors[[place[path] for path in test.paths]], test.labels))
    first, means = reports[0].average_precision_at_r, [report.map_at_r for report in reports]
    recalls = row(dataset, method, "recall_at_1", [report.recall_at[1] for report in reports])
    return [recalls, *with_interval(dataset, method, "map_at_r", means, first)]


def words(method: str, dataset: str = "flickr8k") -> list[dict]:
    if method != "clip-small":
        return []  # no sentence lives in the space of a network that has read none
    test, (embed, size) = load_captions(dataset, on_problem="ignore").test, ENCODERS[method]()
    sentences = load_text_encoder(method).embed(test.captions)
    reports = evaluate_cross_modal(embed(test.load(size)), sentences, test.caption_image)
    rows = []
    for short, direction in (("t2i", "text-to-image"), ("i2t", "image-to-text")):
        report = reports[direction]
        for k in (1, 5, 10):
            hits = (report.first_hit_rank <= k).astype(float)
            rows += with_interval(dataset, f"{short}-{method}", f"recall_at_{k}", report.recall_at[k], hits)
    return rows


SETS = {"mit_split": scenes, "fashion_products": products, "flowers": unseen, "birds": unseen, "flickr8k": words}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m course_utils.experiments.raw", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], metavar="SET", help=f"of {', '.join(SETS)}")
    for dataset in parser.parse_args(arguments).sets or SETS:
        rows = []
        try:
            for method in ENCODERS if dataset == "mit_split" else (m for m in ENCODERS if m not in VARIANTS):
                rows += SETS[dataset](method, dataset)
                print(f"{dataset}: {method}", flush=True)
        except DatasetMissing as error:
            print(f"{dataset} left out: {error}", file=sys.stderr)
            continue
        print(f"wrote {save_table(LESSON, f'raw_{dataset}', rows)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
