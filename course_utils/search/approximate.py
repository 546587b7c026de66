"""Approximate search with FAISS: inverted lists, inverted lists of codes, and a graph. Faster, and sometimes wrong.

    FaissApproximate("ivf", nlist=1024, nprobe=16)                  inverted lists of whole vectors
    FaissApproximate("ivf-pq", nlist=1024, nprobe=16, parts=16)     of product-quantised codes; refine=10 ranks again
    FaissApproximate("hnsw", M=32, efSearch=64)                     a graph of neighbours

Johnson, Douze, Jegou, Billion-scale similarity search with GPUs, 2019; Malkov, Yashunin, Efficient and robust
approximate nearest neighbor search using hierarchical navigable small world graphs, PAMI 2020.
"""

from pathlib import Path

import numpy as np

from course_utils.checks import check_choice
from course_utils.metrics.similarity import on_grid
from course_utils.search.errors import IndexFileError, package
from course_utils.search.index import NOTHING, Index
from course_utils.search.index_file import read_index, write_index

SETTINGS = {  # names as in FAISS; what may be changed while searching stands in SEARCHED
    "ivf": {"nlist": 1024, "nprobe": 16},
    "ivf-pq": {"nlist": 1024, "nprobe": 16, "parts": 16, "bits": 8, "refine": 0},
    "hnsw": {"M": 32, "efConstruction": 80, "efSearch": 64},
}
SAMPLE = 64  # rows for each list that k-means learns from; FAISS's 256 take four times as long and find hardly more
SEARCHED = ("nprobe", "efSearch", "refine")


class FaissApproximate(Index):
    """An approximate index of FAISS over float32 rows; of unit length for "cosine".

    The first add trains what is to be learned (centroids, codes), so it should bring a fair sample of the gallery.
    `nprobe`, `efSearch` and `refine` may be changed between searches: index.set(nprobe=32).
    refine     of "ivf-pq": rank refine * k codes again by whole vectors, which then are kept, too; 0: scores are
               estimates, made of codes
    """

    kind = "faiss-approximate"

    def __init__(self, method: str, metric: str = "cosine", **settings):
        super().__init__(metric)
        check_choice("method", method, SETTINGS)
        self.method, self.settings = method, SETTINGS[method] | settings
        self._check_names(settings, SETTINGS[method])
        self._ids = np.empty(0, dtype=np.int64)
        self._faiss = None

    def __len__(self) -> int:
        return len(self._ids)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value}" for name, value in self.settings.items())
        return f"{type(self).__name__}({self.method!r}, metric={self.metric!r}, {settings}), {len(self)} items"

    @property
    def dimension(self) -> int | None:
        return self._faiss.d if self._faiss is not None else None

    def set(self, **settings) -> None:
        """Change settings of the search alone. ValueError for one that belongs to the building."""
        self._check_names(settings, [name for name in SETTINGS[self.method] if name in SEARCHED])
        if settings.get("refine") and not self.settings["refine"]:
            raise ValueError("refine needs whole vectors, which this index did not keep: build it with refine=1")
        self.settings |= settings

    @property
    def bytes_per_vector(self) -> float:
        """Size of the index as FAISS writes it, centroids and links included, over the number of its vectors."""
        faiss, total = package("faiss", "faiss-cpu"), []
        writer = faiss.PyCallbackIOWriter(lambda content: total.append(len(content)))
        faiss.write_index(self._faiss, writer)
        del writer  # it writes its last buffer when it goes
        return sum(total) / len(self)

    def save(self, path: str | Path) -> None:
        """Write ids, settings and FAISS's own bytes to one file, whole or not at all."""
        about = {"method": self.method, "metric": self.metric, "settings": self.settings}
        content = {} if self._faiss is None else {"faiss": package("faiss", "faiss-cpu").serialize_index(self._faiss)}
        write_index(path, self.kind, about, {"ids": self._ids, **content})

    @classmethod
    def load(cls, path: str | Path):
        about, arrays = read_index(path, cls.kind)
        index = cls(about["method"], about["metric"], **about["settings"])
        if "faiss" in arrays:
            faiss = package("faiss", "faiss-cpu")
            try:
                index._faiss = faiss.deserialize_index(arrays["faiss"])
            except RuntimeError as error:
                raise IndexFileError(f"{path}: FAISS cannot read its part ({error}); save the index again") from error
        index._ids = arrays["ids"]
        return index

    def _check_names(self, settings: dict, allowed) -> None:
        for name, value in settings.items():
            check_choice(f"a setting of {self.method}", name, allowed)
            if value < (0 if name == "refine" else 1):
                raise ValueError(f"{name} is {value}; it must be a positive whole number")

    def _taken(self, ids: np.ndarray) -> np.ndarray:
        return np.intersect1d(ids, self._ids)

    def _store(self, embeddings: np.ndarray, ids: np.ndarray) -> None:
        rows = self._rows(embeddings)
        index = self._trained(rows) if self._faiss is None else self._faiss
        index.add(rows)
        self._faiss, self._ids = index, np.concatenate([self._ids, ids])

    def _rows(self, embeddings: np.ndarray) -> np.ndarray:
        return on_grid(embeddings, self.metric).astype(np.float32) if self.metric == "cosine" else embeddings

    def _trained(self, rows: np.ndarray):
        """Return an empty FAISS index that has learned from these rows what it needs to know."""
        faiss, dimension, settings = package("faiss", "faiss-cpu"), rows.shape[1], self.settings
        metric = faiss.METRIC_INNER_PRODUCT if self.metric == "cosine" else faiss.METRIC_L2
        if self.method == "hnsw":
            index = faiss.IndexHNSWFlat(dimension, settings["M"], metric)
            index.hnsw.efConstruction = settings["efConstruction"]
            return index
        needed = {"nlist": settings["nlist"]} | ({"2^bits": 2 ** settings["bits"]} if "bits" in settings else {})
        for name, n in needed.items():
            if len(rows) < n:
                raise ValueError(f"{name} is {n}, but the first add brings {len(rows)} rows to learn from; add more")
        if self.method == "ivf":
            text = f"IVF{settings['nlist']},Flat"
        else:
            if dimension % settings["parts"]:
                raise ValueError(f"{dimension} dimensions cannot be cut into parts={settings['parts']} equal parts")
            text = f"IVF{settings['nlist']},PQ{settings['parts']}x{settings['bits']}np"
            # np: codes are not renumbered for polysemous search, which takes most of the training and is not used
            text += ",RFlat" if settings["refine"] else ""
        index = faiss.index_factory(dimension, text, metric)
        learner = faiss.downcast_index(index.base_index) if settings.get("refine") else index
        learner.cp.min_points_per_centroid = 1  # FAISS would warn; recall is measured here
        learner.cp.max_points_per_centroid = SAMPLE
        if self.method == "ivf-pq":
            learner.pq.cp.min_points_per_centroid = 1
        index.train(rows)
        return index

    def _neighbours(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        self._tune()
        found, positions = self._faiss.search(self._rows(query), k)
        missing = positions < 0
        ids = np.where(missing, NOTHING, self._ids[positions])
        scores = found if self.metric == "cosine" else -np.sqrt(np.maximum(found, 0))
        return np.where(missing, -np.inf, scores), ids

    def _tune(self) -> None:
        """Set nprobe, efSearch and refine on FAISS's own index.

        Not as parameters of its search: faiss.contrib.torch_utils, which other libraries import, does not take them.
        """
        faiss, settings, index = package("faiss", "faiss-cpu"), self.settings, self._faiss
        if self.method == "hnsw":
            index.hnsw.efSearch = settings["efSearch"]
            return
        if settings.get("refine"):
            index.k_factor = settings["refine"]
            index = faiss.downcast_index(index.base_index)
        index.nprobe = settings["nprobe"]
