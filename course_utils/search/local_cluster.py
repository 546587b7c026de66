"""A Ray cluster of several nodes on one machine: own processes, own memory, one address, and nodes that may die.

    with LocalCluster(workers=2) as cluster, connected(cluster.address):
        embed_files(...)                       cluster.py
        cluster.kill()                         as if someone pulled the plug of a machine

Ray: Moritz et al., Ray: a distributed framework for emerging AI applications, OSDI 2018. On real machines, `ray start
--head` on one and `ray start --address=...` on the others give such an address; the rest stays as it is.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from course_utils.search.errors import ClusterError, PackageMissing, package

OBJECT_STORE = 80_000_000  # bytes of shared memory a node keeps results in; Ray wants 75 MB at least
SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # 127.0.0.1 alone, on every system
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # a lost node is no news for a lesson; logs stand in the folder
    "RAY_DEDUP_LOGS_SKIP_REGEX": "Raylet is terminated|marked dead|submit failed",  # nor are these lines on the screen
    "RAY_worker_niceness": "0",  # Ray's 15 would let workers wait for whatever else runs here
}
SYSTEM = {
    "health_check_period_ms": 1000,  # a lost node is noticed after five seconds, not fifteen
    "num_workers_soft_limit": 0,  # a worker that waits would keep 190 MB; so it ends
    "idle_worker_killing_time_threshold_ms": 500,
}
QUIET = {"log_to_driver": False, "logging_level": "error"}


class LocalCluster(AbstractContextManager):
    """A head, which drivers connect to, and `workers` further nodes; each says that it has one processor.

    Nothing is told to anybody: no statistics of use, no dashboard; nodes talk over 127.0.0.1, unless Ray was imported
    before and has chosen another address of this machine.
    Raises ClusterError where it does not start. `stop` ends all processes and removes Ray's folder.
    """

    def __init__(self, workers: int = 2):
        if workers < 1:
            raise ValueError(f"workers is {workers}; a cluster has one node beside the head, or more")
        # names of sockets may have 104 letters, and a temporary folder of macOS has 50 already
        self.folder = Path(tempfile.mkdtemp(prefix="course-ray-", dir="/tmp" if Path("/tmp").is_dir() else None))
        settings = SETTINGS | {"RAY_TMPDIR": str(self.folder)}
        self._before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        self._cluster = None
        node = {"num_cpus": 1, "object_store_memory": OBJECT_STORE}
        try:
            self._cluster = package("ray.cluster_utils", "ray").Cluster()
            self._cluster.add_node(include_dashboard=False, _system_config=SYSTEM, **node)
            self._workers = [self._cluster.add_node(**node) for _ in range(workers)]
        except PackageMissing:
            self.stop()
            raise
        except Exception as error:
            self.stop()
            raise ClusterError(f"the cluster did not start: {error}") from error

    def __exit__(self, *error) -> None:
        self.stop()

    @property
    def address(self) -> str:
        return self._cluster.address

    @property
    def workers(self) -> list[str]:
        """Ids of the nodes beside the head that are alive, as `ray.get_runtime_context().get_node_id()` gives them."""
        return [node.node_id for node in self._workers]

    def kill(self, node_id: str | None = None) -> str:
        """End all processes of a node with signal 9, and return its id; None: the last one. Never the head."""
        named = [node for node in self._workers if node_id in (None, node.node_id)]
        if not named:
            raise ValueError(f"no worker node {node_id or ''} is alive; alive are: {', '.join(self.workers) or 'none'}")
        self._workers.remove(named[-1])
        self._cluster.remove_node(named[-1], allow_graceful=False)
        return named[-1].node_id

    def stop(self) -> None:
        """End every process of the cluster and remove its folder; calls after the first do nothing."""
        if self._cluster is not None:
            with suppress(Exception):  # a node that died halfway must not keep the others alive
                self._cluster.shutdown()
            self._cluster = None
        for name, value in self._before.items():
            os.environ.pop(name, None)
            os.environ.update({name: value} if value is not None else {})
        self._before = {}
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what a C library writes to standard error out of a notebook: Ray announces its level of logging there."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def connected(address: str) -> Iterator[None]:
    """Be the driver of a cluster, of this machine or of many: address "127.0.0.1:6379", as `ray start` prints it."""
    ray = package("ray")
    try:
        with _silent():
            ray.init(address=address, **QUIET)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ClusterError(
            f"no cluster answers at {address} ({error}); start one, and take the address it gives"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()
