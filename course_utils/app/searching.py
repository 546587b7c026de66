"""Search in a Collection: with a picture, with a sentence, with a picture and a wish.

search(mine, picture="cat.jpg")                       a table: score, path, day, why; the index is the id
search(mine, text="two dogs in the snow")
search(mine, picture="cat.jpg", text="at night")      the sum of both vectors, in the space of clip-small
"""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from course_utils.app.collection import Collection
from course_utils.app.encoders import CLIP
from course_utils.app.engine import best_among
from course_utils.app.why import unit

COLUMNS = ["score", "path", "day", "why"]


def search(
    mine: Collection,
    picture: int | str | Path | BinaryIO | None = None,
    text: str = "",
    wish: float = 1.0,
    k: int = 12,
    encoder: str = CLIP,
    folder: str = "",
    since: str = "",
    until: str = "",
) -> pd.DataFrame:
    """Return the k best answers, best first: score (cosine with the query), path, day, why (three words).

    picture  an id of the collection, which is then left out of the answers, or any file
    text     a sentence or, beside a picture, a wish; wish: how much it counts beside the picture, 0 not at all
    encoder  of pictures; wherever there is a text, clip-small answers, the one that can read
    folder, since, until   see `Collection.chosen`
    """
    query, used, scores, ids = _nearest(mine, picture, text, wish, k, encoder, folder, since, until)
    if not len(ids):
        return pd.DataFrame(columns=COLUMNS)
    asked = query if used == CLIP else query_vector(mine, picture, encoder=CLIP)[0]
    found = mine.pictures.loc[ids, ["path", "day"]]
    why = [", ".join(words) for words in mine.words.shared(asked, mine.vectors(CLIP, ids))]
    return found.assign(score=scores, why=why)[COLUMNS]


def _nearest(mine, picture=None, text="", wish=1.0, k=12, encoder=CLIP, folder="", since="", until=""):
    """Return (query's vector, the encoder whose space it is in, scores, ids), best first; arguments as of `search`."""
    query, used = query_vector(mine, picture, text, wish, encoder)
    allowed = mine.chosen(folder, since, until)
    if isinstance(picture, int | np.integer):
        allowed = allowed[allowed != picture]
    if not len(allowed):
        return query, used, np.empty(0, np.float32), np.empty(0, np.int64)
    return query, used, *best_among(mine.index(used)[0], query, k, allowed)


def query_vector(
    mine: Collection, picture=None, text: str = "", wish: float = 1.0, encoder: str = CLIP
) -> tuple[np.ndarray, str]:
    """Return (vector (D,), the encoder whose space it is in). ValueError without a picture and without a text."""
    text = text.strip()
    if text:
        said = unit(mine.sentences.embed([text], cache=False)[0])
        if picture is None:
            return said, CLIP
        return unit(unit(mine.vector_of(picture, CLIP)) + wish * said), CLIP
    if picture is None:
        raise ValueError("there is nothing to search with; give a picture, a sentence, or both")
    return mine.vector_of(picture, encoder), encoder


def also_found(mine: Collection, answers: pd.DataFrame, other: str, **query) -> pd.Series:
    """Return, for each answer, whether another encoder has it among as many first answers to the same query."""
    *_, ids = _nearest(mine, k=max(len(answers), 1), encoder=other, **query)
    return pd.Series(answers.index.isin(ids), answers.index)
