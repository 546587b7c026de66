"""A node of a cluster is killed in the middle of the work: the job ends, and every picture is embedded once."""

import os
import time

import numpy as np
import psutil
import pytest
from PIL import Image
from search_start import started

from course_utils.search import ClusterError, LanceIndex, PackageMissing
from course_utils.search.local_cluster import SETTINGS, LocalCluster, connected
from course_utils.search.plug import Noting, kill_one_that_works

N, SIZE = 120, 8


def rays_variables():
    return {name: os.environ.get(name) for name in ("RAY_TMPDIR", *SETTINGS)}


@pytest.fixture(scope="module")
def cluster():
    """One cluster for all tests of this file: starting it takes a dozen seconds. Afterwards nothing is left of it."""
    before, others = rays_variables(), psutil.Process().children(recursive=True)
    made = started(lambda: LocalCluster(workers=2))
    family = [process for process in psutil.Process().children(recursive=True) if process not in others]
    assert len(family) > 3 and made.folder.exists()
    with made, connected(made.address):
        yield made
    gone, alive = psutil.wait_procs(family, timeout=20)
    assert gone and [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert not made.folder.exists() and rays_variables() == before


@pytest.fixture
def pictures(tmp_path):
    rng = np.random.default_rng(0)
    folder = tmp_path / "pictures"
    folder.mkdir()
    for i in range(N):
        Image.fromarray(rng.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)).save(folder / f"{i:03}.png")
    return sorted(folder.iterdir())


def first_rows(seconds: float):
    """Return what makes an encoder, a slow one: the first two lines of a picture."""

    def make():
        class FirstRows:  # inside, so that it travels to the workers by value
            image_size = 8

            def embed(self, pictures, cache):
                time.sleep(seconds)
                return pictures[:, :2].reshape(len(pictures), -1).astype("float32")

        return FirstRows()

    return make


def expected(pictures):
    rows = [np.asarray(Image.open(path))[:2].ravel() for path in pictures]
    return np.stack(rows).astype(np.float32)


def test_a_picture_that_cannot_be_read_stops_the_job_and_leaves_nothing(cluster, pictures, tmp_path):
    from course_utils.search.cluster import embed_files

    pictures[30].write_bytes(b"no picture")
    with pytest.raises(ClusterError, match=r"030\.png: the picture cannot be decoded"):
        embed_files(pictures[:40], first_rows(0), tmp_path / "vectors", workers=1)
    assert not (tmp_path / "vectors").exists()


def test_one_node_killed_in_the_middle(cluster, pictures, tmp_path):
    from course_utils.search.cluster import embed_files

    (tmp_path / "notes").mkdir()
    noting, before = Noting(first_rows(0.25), tmp_path / "notes"), cluster.workers
    killer = kill_one_that_works(cluster, noting)
    index = embed_files(pictures, noting, tmp_path / "vectors", "euclidean", batch=4, per_fragment=12)
    killer.join()
    (killed,) = set(before) - set(cluster.workers)
    assert killed in noting.nodes() and len(set(noting.nodes())) > 1, "the lost one had worked, and so had another"

    table = index._data.to_table(columns=["id", "path"]).sort_by("id")
    assert table["id"].to_pylist() == list(range(N)), "every picture once"
    assert table["path"].to_pylist() == [str(path.resolve()) for path in pictures]
    rows = expected(pictures)
    scores, ids = index.search(rows, 1)
    assert ids.ravel().tolist() == list(range(N)) and (scores == 0).all()
    assert len(index._data.get_fragments()) > 1
    with LanceIndex.load(tmp_path / "vectors") as again:
        assert len(again) == N and again.dimension == 48 and again.metric == "euclidean"
    with pytest.raises(FileExistsError, match="exists already"):
        embed_files(pictures, first_rows(0), tmp_path / "vectors")


def test_an_index_built_by_the_workers_finds_what_was_written_in_parts(cluster, tmp_path):
    from course_utils.search.cluster import build_lists

    rows = np.random.default_rng(0).normal(size=(1500, 16)).astype(np.float32)
    with LanceIndex(tmp_path / "vectors", "euclidean") as index:
        for part in np.split(np.arange(1500), 3):
            index.add(rows[part], part)
    with pytest.raises(ValueError, match="cut into parts=3"):
        build_lists(tmp_path / "vectors", n_lists=4, parts=3)
    with pytest.raises(ValueError, match=r"1500 rows are too few .* two for each centroid"):
        build_lists(tmp_path / "vectors", n_lists=800, parts=4)
    index = build_lists(tmp_path / "vectors", n_lists=4, parts=4)
    assert index.has_lists
    index.set(nprobe=4, refine=20)
    assert (index.search(rows[::50], 1)[1].ravel() == np.arange(1500)[::50]).mean() > 0.95


def test_the_head_is_never_killed(cluster):
    import ray

    head = ray.get_runtime_context().get_node_id()
    with pytest.raises(ValueError, match="no worker node"):
        cluster.kill(head)


def test_without_a_cluster_there_is_no_work(tmp_path):
    from course_utils.search.cluster import embed_files

    ray = pytest.importorskip("ray")
    if not ray.is_initialized():
        with pytest.raises(ClusterError, match="no cluster is connected"):
            embed_files([tmp_path / "a.png"], None, tmp_path / "vectors")
    with pytest.raises(ValueError, match="workers is 0"):
        LocalCluster(workers=0)


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray.cluster_utils", None)
    with pytest.raises(PackageMissing, match=r"\[scale\]"):
        LocalCluster()
    with pytest.raises(PackageMissing, match=r"ray cannot be imported .*\[scale\]"):
        monkeypatch.setitem(__import__("sys").modules, "ray", None)
        with connected("127.0.0.1:1"):
            pass
