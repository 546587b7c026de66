"""Search in files: a Lance data set, columns on disk that are read in parts, with or without an index beside them.

    with LanceIndex(folder) as index:
        index.add(embeddings, ids)
        index.search(query, 10)                                exact: every vector is read
        index.build_lists(n_lists=256, parts=16)
        index.search(query, 10)                                inverted lists of product-quantised codes, ranked again

Lance: https://lancedb.github.io/lance. No server: whoever can read the folder can search, also from several machines.
"""

import shutil
import tempfile
from pathlib import Path

import numpy as np

from course_utils.checks import check_choice
from course_utils.search.candidates import SPARE, Candidates, answers, best_of, scan, settled, storable
from course_utils.search.errors import disk_errors_explained, package
from course_utils.search.index import Index
from course_utils.search.lance_table import COLUMNS, arrays_of, damage_explained, opened, table_of

LANCE_NAMES = {"cosine": "cosine", "euclidean": "l2"}
SETTINGS = {"nprobe": 20, "refine": 10}
BLOCK = 10_000  # rows that are read at a time
BITS = 8  # of a part's code


class LanceIndex(Index):
    """Vectors in a folder. Exact until `build_lists`; then approximate, unless told otherwise.

    folder   a Lance data set, opened where there is one; None: a temporary one, removed by `close`
    nprobe   lists that are visited        refine  refine * k codes are ranked again by their vectors; change: `set`
    """

    kind = "lance"

    def __init__(self, folder: str | Path | None = None, metric: str = "cosine"):
        super().__init__(metric)
        self._lance = package("lance", "pylance")
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="course-lance-")
        self.folder = Path(folder or Path(self._temporary.name) / "items")
        self.settings = dict(SETTINGS)
        self._data = opened(self.folder) if self.folder.exists() else None
        stored = self._data.schema.metadata[b"metric"].decode() if self._data else metric
        if stored != metric:
            raise ValueError(f"{self.folder} was made with metric={stored!r}; open it with that")

    def __len__(self) -> int:
        return self._data.count_rows() if self._data else 0

    @property
    def dimension(self) -> int | None:
        return self._data.schema.field("embedding").type.list_size if self._data else None

    @property
    def has_lists(self) -> bool:
        return self._data is not None and any(
            index.field_names == ["embedding"] for index in self._data.describe_indices()
        )

    def set(self, **settings: int) -> None:
        """Change how the lists are searched: nprobe, refine."""
        for name, value in settings.items():
            check_choice("a setting", name, SETTINGS)
            if value < 1:
                raise ValueError(f"{name} is {value}; it must be a positive whole number")
        self.settings |= settings

    def search(self, query, k: int, exact: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Return scores and ids as `Index.search`. exact: read every vector even if there are lists."""
        query, k = self._check_search(query, k)
        find = self._exact if exact or not self.has_lists else self._approximate
        with damage_explained(self.folder):
            return answers((find(row, k) for row in storable(query, self.metric)), self.metric)

    def build_lists(self, n_lists: int = 256, parts: int = 16) -> None:
        """Build inverted lists of codes of `parts` bytes; rows that are added later are searched exactly beside them.

        Its k-means starts at random: two buildings differ a little. ValueError for too few rows to learn from.
        """
        settings = self.list_settings(n_lists, parts)
        with disk_errors_explained(self.folder):
            self._data.create_index("embedding", "IVF_PQ", replace=True, **settings)

    def list_settings(self, n_lists: int, parts: int) -> dict:
        """Return what Lance is to build, in its words; ValueError where it cannot be learned from what is stored."""
        if len(self) < max(n_lists, 2**BITS):
            raise ValueError(f"{len(self)} rows are too few to learn {n_lists} lists and codes of 2^{BITS} values from")
        if self.dimension % parts:
            raise ValueError(f"{self.dimension} dimensions cannot be cut into parts={parts} equal parts")
        metric = LANCE_NAMES[self.metric]
        return {"metric": metric, "num_partitions": n_lists, "num_sub_vectors": parts, "num_bits": BITS}

    def save(self, path: str | Path) -> None:
        """Copy the data set to a folder that does not exist yet, whole or not at all."""
        if Path(path).exists():
            raise FileExistsError(f"{path} exists already; save the index to a folder of another name")
        if self._data is None:
            raise ValueError("the index is empty: there is nothing to save; add gallery embeddings first")
        fresh = Path(path).with_name(f".{Path(path).name}.tmp")
        try:
            with disk_errors_explained(Path(path)):
                shutil.copytree(self.folder, fresh, dirs_exist_ok=True)
                fresh.rename(path)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    @classmethod
    def load(cls, path: str | Path):
        """Return the index of a folder. FileNotFoundError, or IndexFileError for another folder or a damaged one."""
        if not Path(path).exists():
            raise FileNotFoundError(f"there is no index folder {path}; save one with index.save(...)")
        return cls(path, opened(Path(path)).schema.metadata[b"metric"].decode())

    def close(self) -> None:
        """Remove a temporary folder; any other stays."""
        self._data = None
        if self._temporary:
            self._temporary.cleanup()

    def _taken(self, ids: np.ndarray) -> np.ndarray:
        return np.intersect1d(ids, self._data.to_table(columns=["id"])["id"].to_numpy()) if self._data else ids[:0]

    def _store(self, embeddings: np.ndarray, ids: np.ndarray) -> None:
        rows = table_of(ids, len(self) + np.arange(len(ids)), embeddings, self.metric)
        mode = "append" if self._data else "create"
        try:
            with disk_errors_explained(self.folder):
                self._data = self._lance.write_dataset(rows, str(self.folder), mode=mode)  # one commit: a new version
        finally:
            if self._data is None:
                shutil.rmtree(self.folder, ignore_errors=True)

    def _exact(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        found = self._nearest(query, k + SPARE, use_index=False)
        scores, ids = best_of(query, found, k, self.metric)
        if len(found.ids) == len(self) or (len(found.ids) > k and settled(scores[-1], found, self.metric)):
            return scores, ids
        batches = self._data.to_batches(columns=COLUMNS, batch_size=BLOCK)
        return scan(query, map(arrays_of, batches), k, self.metric)

    def _approximate(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        options = {"nprobes": self.settings["nprobe"], "refine_factor": self.settings["refine"]}
        return best_of(query, self._nearest(query, k, **options), k, self.metric)

    def _nearest(self, query: np.ndarray, k: int, **options) -> Candidates:
        asked = {"column": "embedding", "q": query, "k": k, "metric": LANCE_NAMES[self.metric]} | options
        found = self._data.to_table(columns=[*COLUMNS, "_distance"], nearest=asked)
        distances = found["_distance"].to_numpy().astype(np.float64)
        return Candidates(*arrays_of(found), np.sqrt(distances) if self.metric == "euclidean" else distances)
