"""The same `embed` on many machines: Ray hands out picture files, every worker writes what it embedded.

    with connected(address):
        embed_files(paths, partial(load_encoder, "efficientnet_lite0"), "/shared/vectors")
        build_lists(folder="/shared/vectors")
    LanceIndex.load("/shared/vectors").search(query, 10)

Files and target lie where every machine sees them. The driver holds no vector: workers write fragments of a Lance data
set, and one commit at the end makes them a whole. What a lost worker had under way is done again by others; what it
wrote and nobody committed belongs to no data set. So every picture is there once, or the data set is not there.
"""

import logging
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings
from course_utils.datasets.images import fit_square, read_image
from course_utils.search.errors import ClusterError, disk_errors_explained, package
from course_utils.search.lance import BITS, LanceIndex
from course_utils.search.lance_table import table_of


class _Worker:
    """One encoder on one node; called with batches of files."""

    def __init__(self, make_encoder: Callable, metric: str):
        self.encoder, self.metric = make_encoder(), metric

    def __call__(self, batch: dict[str, np.ndarray]):
        size = self.encoder.image_size
        pictures = np.stack([fit_square(read_image(path), size) for path in batch["path"]])
        embeddings = check_embeddings("embeddings", self.encoder.embed(pictures, cache=False))
        return table_of(batch["id"], batch["id"], embeddings, self.metric, path=list(map(str, batch["path"])))


def embed_files(
    paths: Sequence[Path | str],
    make_encoder: Callable,
    folder: str | Path,
    metric: str = "cosine",
    workers: int = 2,
    batch: int = 32,
    per_fragment: int = 1024,
) -> LanceIndex:
    """Embed picture files on the cluster that is connected; return the index: id i is paths[i], its place as well.

    make_encoder  called once by every worker; returns what has `image_size` and `embed(pictures, cache=False)`
    folder        a Lance data set, new, with the columns id, place, embedding (D) and path
    workers       encoders at once, each on one processor; batch: pictures that they get at a time
    per_fragment  pictures whose vectors go into one file, or somewhat more
    Raises ClusterError with the worker's own words (a picture that cannot be read, NaN); then `folder` does not exist.
    """
    check_choice("metric", metric, METRICS)
    ray, lance_ray = package("ray"), package("lance_ray", "lance-ray")
    data, folder = package("ray.data", "ray"), Path(folder).resolve()
    if not ray.is_initialized():
        raise ClusterError("no cluster is connected; do this inside `with connected(address):`")
    if folder.exists():
        raise FileExistsError(f"{folder} exists already; name a new folder")
    data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # errors are raised below
    items = [{"id": i, "path": str(Path(path).resolve())} for i, path in enumerate(paths)]
    if not items:
        raise ValueError("there are no pictures to embed")
    batches = {"batch_size": batch, "batch_format": "numpy"}
    pool = {"compute": data.ActorPoolStrategy(size=workers), "num_cpus": 1}
    pictures = data.from_items(items, override_num_blocks=-(-len(items) // batch))
    embedded = pictures.map_batches(_Worker, fn_constructor_args=(make_encoder, metric), **batches, **pool)
    try:
        with disk_errors_explained(folder):
            lance_ray.write_lance(embedded, str(folder), mode="create", min_rows_per_file=per_fragment)
    except ray.exceptions.RayError as error:
        raise ClusterError(f"the pictures were not embedded: {_reason(error)}") from error
    finally:
        if not (folder / "_versions").exists():
            shutil.rmtree(folder, ignore_errors=True)
    return LanceIndex.load(folder)


def _reason(error: Exception) -> str:
    """Return what a worker's own exception said; Ray hands it over as the text of a traceback, wrapped twice."""
    said = [line for line in str(error).splitlines() if re.match(r"[\w.]+(Error|Exception|Missing): ", line)]
    return next((line for line in reversed(said) if not line.startswith("ray.")), str(error))


def build_lists(folder: str | Path, n_lists: int = 256, parts: int = 16, workers: int = 2) -> LanceIndex:
    """Build `LanceIndex.build_lists` on the cluster: every worker files the vectors of its fragments; return the index.

    Arguments and errors as of that method; codes have 8 bits.
    """
    index = LanceIndex.load(folder)
    settings = index.list_settings(n_lists, parts)
    if len(index) < 2 * max(n_lists, 2**BITS):
        raise ValueError(f"{len(index)} rows are too few to learn from on a cluster, which wants two for each centroid")
    sample = min(256, len(index) // max(n_lists, 2**BITS))  # rows for each centroid that is learned
    settings |= {"num_workers": workers, "sample_rate": sample}
    package("lance_ray", "lance-ray").create_index(str(Path(folder).resolve()), "embedding", "IVF_PQ", **settings)
    return LanceIndex.load(folder)
