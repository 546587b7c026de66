"""python -m data_scripts pretrain [NAME ...]      make the course's own weights anew, with a card beside them
python -m data_scripts pretrain --measure          measure them on the real photographs in <data>/real
python -m data_scripts pretrain --study            compare recipes on the same photographs"""

import json
import tempfile
from pathlib import Path

from course_utils import config
from course_utils.checks import unknown
from course_utils.datasets.folder import dataset_dir
from course_utils.encoders import ImageEncoder, build_network, load_encoder
from course_utils.encoders.architectures import MINI
from course_utils.encoders.bert import TOKENIZER
from course_utils.encoders.weights import MINI_WEIGHTS, mini_weights, save_mini_weights
from course_utils.results import row, save_table

from . import CannotPretrain
from .bert import pretrain_bert
from .card import write_card
from .clip import need_photographs, pretrain_clip
from .detector import need_pictures, pretrain_detector
from .fasttext import pretrain_fasttext, save_fasttext
from .text_card import FASTTEXT_CARD
from .text_card import NAMES as TEXT_NAMES
from .train import NetworkRecipe, pretrain
from .transfer import pixel_pca, products, scenes

LESSON = "02_pretrained"
STUDIED = "resnet18-mini"
# the same network and a third of the steps for all; only what it is asked for changes
STUDY = {
    "crops-strong-light": NetworkRecipe(steps=100, match=0, same_place=1, light=0.6, tint=0.3),
    "crops-mild-light": NetworkRecipe(steps=100, match=0, same_place=1),
    "edges": NetworkRecipe(steps=100, same_place=0, colour_weight=0, light_weight=0),
    "edges-colours": NetworkRecipe(steps=100, same_place=0),
    "all": NetworkRecipe(steps=100),
}


def run(names: list[str], *, measure: bool = False, study: bool = False) -> int:
    """Carry out the command and return the exit code.

    Raises CannotPretrain for an unknown network or the wrong profile, DatasetMissing where the detector's pictures have
    not been drawn.
    """
    # text networks and detector are not measured on photographs; clip-small is made of photographs, and only if named
    drawn = (*MINI, "fasterrcnn-mini", *TEXT_NAMES)
    choices = tuple(MINI) if measure or study else (*drawn, "clip-small")
    for name in names:
        if name not in choices:
            raise CannotPretrain(unknown("small network", name, choices))
    if (measure or study) and config.profile() != "real":
        raise CannotPretrain("weights are measured on real photographs: set COURSE_PROFILE=real and COURSE_DATA")
    if measure:
        _measure(names or MINI)
    elif study:
        _study()
    else:
        if "clip-small" in names:
            need_photographs()
        if "fasterrcnn-mini" in (names or drawn):
            need_pictures()  # complains now and not after the minutes that the others take
        for name in names or drawn:
            print(f"wrote {_make(name).name}", flush=True)
    if not study:
        write_card()
    return 0


def _make(name: str, folder: Path = MINI_WEIGHTS) -> Path:
    """Pretrain one network with its recipe, store it and return its file."""
    if name == "distilbert-mini":
        network, tokenizer, card = pretrain_bert()
        tokenizer.save(str(folder / TOKENIZER), pretty=False)
        return save_mini_weights(name, network, card, folder)
    if name == "fasterrcnn-mini":
        return save_mini_weights(name, *pretrain_detector(), folder, classifier=True)
    if name == "clip-small":
        return save_mini_weights(name, *pretrain_clip(), folder, classifier=True)
    if name == "fasttext-mini":
        model, card = pretrain_fasttext()
        (folder / FASTTEXT_CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        return save_fasttext(model, folder)
    return save_mini_weights(name, *pretrain(name), folder)


def _on_photographs(embed, method: str, **costs) -> list[dict]:
    rows = [row("mit_split", method, metric, value, **costs) for metric, value in scenes(embed).items()]
    folder = dataset_dir("fashion_products")
    return rows + [row("fashion_products", method, k, value, **costs) for k, value in products(embed, folder).items()]


def _measure(names) -> None:
    folder = dataset_dir("fashion_products")
    floor = products(pixel_pca(folder), folder)
    rows = [row("fashion_products", "pca-512", metric, value) for metric, value in floor.items()]
    for name in names:
        for weights, label in (("random", "untrained"), ("pretrained", "raw")):
            encoder = load_encoder(name, weights)
            rows += _on_photographs(encoder.embed, f"{name}-{label}", parameters=encoder.n_parameters)
            print(f"measured {name} {label}", flush=True)
    rows.sort(key=lambda r: r["dataset"], reverse=True)  # scenes first; within a data set the order stays
    print(f"wrote {save_table(LESSON, 'transfer', rows)}")


def _study() -> None:
    rows = []
    for method, recipe in STUDY.items():
        network, made = pretrain(STUDIED, recipe)
        with tempfile.TemporaryDirectory() as folder:  # through the file, as students get them: in half precision
            save_mini_weights(STUDIED, network, made, Path(folder))
            fresh, pixels = build_network(STUDIED)
            mini_weights(STUDIED, fresh, Path(folder))
        rows += _on_photographs(
            ImageEncoder(STUDIED, fresh, pixels).embed, method, train_seconds=float(made["seconds"])
        )
        print(f"measured {method}", flush=True)
    print(f"wrote {save_table(LESSON, 'recipes', rows)}")
