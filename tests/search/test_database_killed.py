"""The database server is killed in the middle of inserts: what was committed is there afterwards, nothing else is."""

import os
import signal
import threading
import time

import numpy as np
import psutil
import pytest
from search_galleries import normal, slow_search
from search_start import started

from course_utils.search import PostgresIndex, ServerGone

BATCH, D = 50, 16


def servers_in(folder):
    """Processes that have this folder in their command line, or as the place where they are."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(folder) in " ".join(process.cmdline()) or process.cwd() == str(folder / "data"):
                found.append(process)
        except psutil.Error:
            continue
    return found


def batch(i):
    return normal(BATCH, D, seed=i), i * BATCH + np.arange(BATCH)


def test_killed_in_the_middle_of_inserts(short_folder):
    folder = short_folder / "db"
    index = started(lambda: PostgresIndex(folder, columns={"batch": int}))
    index.add(*batch(0), {"batch": [0] * BATCH})
    index.build_graph(m=8, ef_construction=32)
    committed = 1
    killer = threading.Timer(0.5, os.kill, (index.server.process.pid, signal.SIGKILL))
    killer.start()
    deadline = time.monotonic() + 60
    with pytest.raises(ServerGone, match="What was committed is safe"):
        while time.monotonic() < deadline:
            index.add(*batch(committed), {"batch": [committed] * BATCH})
            committed += 1
    killer.join()
    index.server.process.wait(10)
    assert committed > 1, "the server went before anything was added"
    with pytest.raises(ServerGone):
        len(index) or index.search(normal(1, D, 0), 1)
    index.close()

    with PostgresIndex(folder) as again:
        batches = again.connection.execute("select batch, count(*) from items group by batch order by batch").fetchall()
        # the last add may have been committed when its answer got lost
        assert batches in ([(i, BATCH) for i in range(committed)], [(i, BATCH) for i in range(committed + 1)])
        assert again.has_graph
        rows = np.concatenate([batch(i)[0] for i in range(len(batches))])
        query = normal(10, D, seed=10_000)
        np.testing.assert_array_equal(again.search(query, 10, exact=True)[1], slow_search(query, rows, 10, "cosine")[1])
        again.set(ef_search=400)
        own = again.search(rows[:: len(rows) // 40], 1)[1].ravel()
        assert (own == np.arange(len(rows))[:: len(rows) // 40]).mean() > 0.9, "the graph finds rows by themselves"
        again.add(*batch(len(batches)), {"batch": [len(batches)] * BATCH})
        assert len(again) == (len(batches) + 1) * BATCH
    assert servers_in(folder) == []


def test_killed_inside_a_transaction_none_of_it_stays(short_folder):
    folder = short_folder / "db"
    index = started(lambda: PostgresIndex(folder, "euclidean"))
    index.add(np.eye(4), [1, 2, 3, 4])
    with pytest.raises(ServerGone), index.transaction():
        index.add(2 * np.eye(4), [5, 6, 7, 8])
        index.remove([1])
        os.kill(index.server.process.pid, signal.SIGKILL)
        index.server.process.wait(10)
        for _ in range(100):
            index.add(3 * np.eye(4), [9, 10, 11, 12])
            index.remove([9, 10, 11, 12])
            time.sleep(0.05)
    index.close()
    with PostgresIndex(folder, "euclidean") as again:
        assert len(again) == 4 and again.search(np.eye(4), 1)[1].ravel().tolist() == [1, 2, 3, 4]
    assert servers_in(folder) == []
