"""An index in files: lists of codes, damage, a full disk, and rows that come after the lists were built."""

import errno
import os

import numpy as np
import pytest
from search_galleries import METRICS, normal, slow_search

from course_utils.search import IndexFileError, LanceIndex, PackageMissing, recall_against

lance = pytest.importorskip("lance")
ROWS, QUERY = normal(1500, 16, 0), normal(20, 16, 1)


@pytest.mark.parametrize("metric", METRICS)
def test_lists_find_most_and_exact_search_stays_at_hand(metric, tmp_path):
    best = slow_search(QUERY, ROWS, 10, metric)
    with LanceIndex(tmp_path / "items", metric) as index:
        index.add(ROWS[:1400])
        assert not index.has_lists
        index.build_lists(n_lists=8, parts=4)
        index.set(nprobe=1, refine=1)
        few = recall_against(best[1], index.search(QUERY, 10)[1])
        index.add(ROWS[1400:])
        index.set(nprobe=8, refine=50)
        scores, ids = index.search(QUERY, 10)
        assert index.has_lists and recall_against(best[1], ids) > 0.97 > few
        np.testing.assert_array_equal(scores[ids == best[1]], best[0][ids == best[1]])
        np.testing.assert_array_equal(index.search(QUERY, 10, exact=True)[1], best[1])
        assert index.search(ROWS[1450:1451], 1)[1].item() == 1450, "added after the lists were built"
        index.save(tmp_path / "copy")
    with LanceIndex.load(tmp_path / "copy") as again:
        assert again.has_lists and len(again) == 1500
    with pytest.raises(ValueError, match=f"was made with metric='{metric}'"):
        LanceIndex(tmp_path / "items", next(other for other in METRICS if other != metric))


def test_a_full_disk_stores_nothing(tmp_path, monkeypatch):
    def full(table, folder, mode):
        os.makedirs(folder, exist_ok=True)
        raise OSError("LanceError(IO): No space left on device (os error 28)")

    index = LanceIndex(tmp_path / "items")
    with monkeypatch.context() as patch:
        patch.setattr(lance, "write_dataset", full)
        with pytest.raises(OSError, match=r"No space left.*free some room there"):
            index.add(ROWS)
    assert len(index) == 0 and list(tmp_path.iterdir()) == []
    index.add(ROWS[:10])
    with monkeypatch.context() as patch:
        patch.setattr(lance, "write_dataset", full)
        with pytest.raises(OSError, match="No space left"):
            index.add(ROWS[10:])
    assert len(index) == 10 and len(LanceIndex.load(tmp_path / "items")) == 10

    def no_copy(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copytree", no_copy)
    with pytest.raises(OSError, match="free some room there") as error:
        index.save(tmp_path / "copy")
    assert error.value.filename == str(tmp_path / "copy") and [path.name for path in tmp_path.iterdir()] == ["items"]


def test_damage_is_noticed(tmp_path):
    LanceIndex(tmp_path / "items").add(ROWS)
    (data,) = (tmp_path / "items" / "data").iterdir()
    content = data.read_bytes()
    data.write_bytes(content[: len(content) // 2])
    with pytest.raises(IndexFileError, match="items is no Lance data set, or a damaged one"):
        LanceIndex.load(tmp_path / "items").search(QUERY, 3)
    for manifest in (tmp_path / "items" / "_versions").glob("*.manifest"):
        manifest.write_bytes(manifest.read_bytes()[:20])
    with pytest.raises(IndexFileError, match="items is no Lance data set, or a damaged one"):
        LanceIndex.load(tmp_path / "items")


def test_another_data_set_is_no_index(tmp_path):
    import pyarrow as pa

    lance.write_dataset(pa.table({"price": [1, 2]}), str(tmp_path / "prices"))
    with pytest.raises(IndexFileError, match="but of no index: it has price"):
        LanceIndex.load(tmp_path / "prices")


def test_what_cannot_be_built_is_refused(tmp_path):
    index = LanceIndex()
    with pytest.raises(ValueError, match="the index is empty: there is nothing to save"):
        index.save(tmp_path / "copy")
    index.add(ROWS[:300])
    with pytest.raises(ValueError, match="300 rows are too few to learn 500 lists"):
        index.build_lists(n_lists=500)
    with pytest.raises(ValueError, match="16 dimensions cannot be cut into parts=5"):
        index.build_lists(n_lists=4, parts=5)
    with pytest.raises(ValueError, match="nprobe is 0"):
        index.set(nprobe=0)
    with pytest.raises(ValueError, match="choose one of: nprobe, refine"):
        index.set(probes=1)
    with pytest.raises(FileExistsError, match="exists already"):
        index.save(tmp_path)
    folder = index.folder
    index.close()
    assert not folder.exists()


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "lance", None)
    with pytest.raises(PackageMissing, match=r"pylance cannot be imported .*\[scale\]"):
        LanceIndex(tmp_path / "items")
    assert list(tmp_path.iterdir()) == []
