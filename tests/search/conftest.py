"""Indexes for the tests: closed at their end; skipped, with the reason, where a package or the server is not there."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from search_start import started

from course_utils.search import FaissIndex, KNNIndex, LanceIndex, PostgresIndex

STORED = {"postgres": PostgresIndex, "lance": LanceIndex}
EXACT = {"knn": KNNIndex, "faiss": FaissIndex, **STORED}


@pytest.fixture(scope="session")
def _databases():
    """One server for each metric: starting one takes a second."""
    made = {}
    yield made
    for index in made.values():
        index.close()


@pytest.fixture
def database(_databases):
    """Return a function that gives an empty PostgresIndex without columns, always the same one."""

    def empty(metric="cosine"):
        if metric not in _databases:
            _databases[metric] = started(lambda: PostgresIndex(metric=metric))
        _databases[metric].clear()
        return _databases[metric]

    return empty


@pytest.fixture
def new_index(database):
    """Return a function of a name of EXACT and a metric that gives an empty index."""
    with ExitStack() as stack:

        def new(name, metric="cosine"):
            if name == "postgres":
                return database(metric)
            return stack.enter_context(started(lambda: EXACT[name](metric=metric)))

        yield new


@pytest.fixture
def short_folder():
    """A folder with a short name, as a socket needs, that other users may enter, as a server of root's needs."""
    folder = Path(tempfile.mkdtemp(prefix="course-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
