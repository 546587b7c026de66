"""Pull the plug of a machine in the middle of the work, to see that nothing is lost.

noting = Noting(make_encoder, notes)
with LocalCluster(workers=2) as cluster, connected(cluster.address):
    kill_one_that_works(cluster, noting)
    embed_files(paths, noting, folder)
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course_utils.search.errors import package
from course_utils.search.local_cluster import LocalCluster


class Noting:
    """An encoder that leaves a note, a file named after its node, for each batch it embeds: who has worked so far?

    make_encoder  as of `embed_files`, where Noting(make_encoder, notes) takes its place
    notes         a folder that exists
    """

    def __init__(self, make_encoder: Callable, notes: str | Path):
        self.make_encoder, self.notes = make_encoder, Path(notes)

    def __call__(self):
        self.encoder = self.make_encoder()
        self.image_size = self.encoder.image_size
        return self

    def embed(self, pictures: np.ndarray, cache: bool = False) -> np.ndarray:
        """Return the encoder's embeddings (N, D)."""
        embeddings = self.encoder.embed(pictures, cache=cache)
        node = package("ray").get_runtime_context().get_node_id()
        (self.notes / f"{node} {os.getpid()} {time.monotonic_ns()}").write_text("")
        return embeddings

    def nodes(self) -> list[str]:
        """Return the node of every batch so far."""
        return [path.name.split()[0] for path in self.notes.iterdir()]


def kill_one_that_works(cluster: LocalCluster, noting: Noting, patience: float = 60) -> threading.Thread:
    """Start a thread that kills the first worker node that has left a note; join it to know that it has ended.

    After `patience` seconds without a note it gives up: then all nodes are alive.
    """

    def watch():
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            busy = [node for node in cluster.workers if node in noting.nodes()]
            if busy:
                cluster.kill(busy[0])
                return
            time.sleep(0.02)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread
