"""The columns of a Lance data set that serves as an index: id, place, embedding; the metric stands in its schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from course_utils.search.candidates import storable
from course_utils.search.errors import IndexFileError, package

COLUMNS = ["id", "place", "embedding"]


def table_of(ids: np.ndarray, places: np.ndarray, embeddings: np.ndarray, metric: str, **columns):
    """Return the Arrow table that a data set consists of: ids and places (N,), embeddings (N, D), further columns.

    places  grow with the order of adding, which decides among ties
    """
    import pyarrow as pa

    rows = storable(np.asarray(embeddings, np.float32), metric)
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(rows.ravel()), rows.shape[1])
    content = {"id": np.asarray(ids, np.int64), "place": np.asarray(places, np.int64), "embedding": vectors, **columns}
    return pa.table(content, metadata={"metric": metric})


def arrays_of(found) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ids (N,), places (N,) and rows float32 (N, D) of an Arrow table or batch."""
    vectors = found["embedding"]
    vectors = vectors.combine_chunks() if hasattr(vectors, "combine_chunks") else vectors
    rows = vectors.flatten().to_numpy(zero_copy_only=False).reshape(len(vectors), vectors.type.list_size)
    ids, places = (np.asarray(found[name]) for name in ("id", "place"))
    return ids, places, rows


@contextmanager
def damage_explained(folder: Path) -> Iterator[None]:
    """Turn what Lance says of files that it cannot read into an IndexFileError that names the folder."""
    try:
        yield
    except (ValueError, OSError) as error:
        reason = str(error).partition(", /")[0]  # what follows is a place in Lance's source
        raise IndexFileError(f"{folder} is no Lance data set, or a damaged one ({reason}); save it again") from error


def opened(folder: Path):
    """Return the data set of an index, or raise IndexFileError."""
    with damage_explained(folder):
        data = package("lance", "pylance").dataset(str(folder))
    if not {*COLUMNS} <= set(data.schema.names) or b"metric" not in (data.schema.metadata or {}):
        raise IndexFileError(f"{folder} is a Lance data set, but of no index: it has {', '.join(data.schema.names)}")
    return data
