"""What a database adds to search: columns, conditions, transactions, several connections; and its own errors."""

import errno

import numpy as np
import pytest
from search_galleries import normal, slow_search
from search_start import started

from course_utils.search import IndexFileError, PackageMissing, PostgresIndex, ServerError, ServerGone, recall_against
from course_utils.search.server import Server

N, D = 1200, 12
ROWS, QUERY = normal(N, D, 0), normal(15, D, 1)
COLUMNS = {"label": str, "year": int, "weight": float, "kept": bool}
VALUES = {
    "label": np.array(["coast", "forest", "o'hara; drop table items"])[np.arange(N) % 3],
    "year": 2000 + np.arange(N) % 20,
    "weight": np.linspace(0, 1, N),
    "kept": np.arange(N) % 2 == 0,
}
FITTING = (VALUES["label"] == "coast") & (VALUES["year"] > 2015)
WHERE = {"where": "label = %s and year > %s", "values": ("coast", 2015)}


@pytest.fixture(scope="module")
def filled():
    index = started(lambda: PostgresIndex(columns=COLUMNS))
    index.add(ROWS, columns=VALUES)
    yield index
    index.close()


@pytest.fixture
def index(filled):
    """The filled one without a graph, set as it starts; tests leave its rows as they are."""
    filled.drop_graph()
    filled.set(ef_search=40, iterative_scan="off")
    return filled


def exact_among(fitting, k):
    positions = np.flatnonzero(fitting)
    scores, order = slow_search(QUERY, ROWS[positions], k, "cosine")
    return scores, positions[order]


def test_a_condition_gives_the_best_of_what_fits(index):
    scores, ids = index.search(QUERY, 10, **WHERE)
    expected_scores, expected_ids = exact_among(FITTING, 10)
    np.testing.assert_array_equal(ids, expected_ids)
    np.testing.assert_array_equal(scores, expected_scores)
    for where, values, fitting in [
        ("weight < %s", (0.1,), VALUES["weight"] < 0.1),
        ("kept", (), VALUES["kept"]),
        ("label like 'for%%'", (), VALUES["label"] == "forest"),
        ("label = any(%s)", (["forest", "coast"],), VALUES["label"] != VALUES["label"][2]),
    ]:
        np.testing.assert_array_equal(index.search(QUERY, 5, where, values)[1], exact_among(fitting, 5)[1])


def test_where_fewer_fit_the_rest_is_empty(index):
    scores, ids = index.search(QUERY, 5, "label = %s and year = %s and weight < %s", ("coast", 2003, 0.05))
    assert (ids[:, 0] == 3).all() and (ids[:, 1:] == -1).all() and np.isneginf(scores[:, 1:]).all()


def test_values_never_become_sql(index):
    evil = VALUES["label"][2]
    np.testing.assert_array_equal(
        index.search(QUERY, 5, "label = %s", (evil,))[1], exact_among(VALUES["label"] == evil, 5)[1]
    )
    assert (index.search(QUERY, 5, "label = %s", ("' or true --",))[1] == -1).all()
    with pytest.raises(Exception, match="cannot insert multiple commands"):
        index.search(QUERY, 5, "true); drop table items; --")
    assert len(index) == N


def test_a_graph_finds_most_and_exact_search_stays_at_hand(index):
    best = slow_search(QUERY, ROWS, 10, "cosine")
    index.build_graph(m=8, ef_construction=32)
    assert index.has_graph
    index.set(ef_search=10)
    few = recall_against(best[1], index.search(QUERY, 10)[1])
    index.set(ef_search=400)
    scores, ids = index.search(QUERY, 10)
    assert recall_against(best[1], ids) > 0.97 >= few
    np.testing.assert_array_equal(scores[ids == best[1]], best[0][ids == best[1]])
    np.testing.assert_array_equal(index.search(QUERY, 10, exact=True)[1], best[1])
    index.drop_graph()
    np.testing.assert_array_equal(index.search(QUERY, 10)[1], best[1])


def test_a_filtered_graph_loses_answers_unless_it_searches_on(index):
    best = exact_among(FITTING, 10)[1]
    index.build_graph()
    lost = recall_against(best, index.search(QUERY, 10, **WHERE)[1])
    recalls = []
    for mode in ("relaxed_order", "strict_order"):
        index.set(iterative_scan=mode)
        recalls.append(recall_against(best, index.search(QUERY, 10, **WHERE)[1]))
    assert lost < 0.5 and min(recalls) > 0.9


def test_rolled_back_is_as_if_it_had_not_been(index):
    with pytest.raises(KeyError), index.transaction():
        index.add(ROWS[:1] + 1, [90_000], {name: values[:1] for name, values in VALUES.items()})
        index.remove([0, 1])
        index.build_graph()
        assert len(index) == N - 1 and index.has_graph
        raise KeyError
    assert len(index) == N and not index.has_graph
    assert index.search(ROWS[:2], 1)[1].ravel().tolist() == [0, 1]


def test_a_reader_sees_what_is_committed_while_another_writes(index):
    with index.connect() as reader:
        count = lambda: reader.execute("select count(*) from items").fetchone()[0]  # noqa: E731
        with pytest.raises(KeyError), index.transaction():
            index.remove([5])
            assert len(index) == N - 1 and count() == N
            raise KeyError
        assert count() == N


def test_another_connection_may_add_the_same_id_first(database):
    """Both look, both see that the id is free; the second to commit is told."""
    index = database()
    index.add(np.eye(3))
    taken = index._taken
    try:
        index._taken = lambda ids: ids[:0]  # what it saw before the other committed
        with pytest.raises(ValueError, match="another connection added one of these ids"):
            index.add(np.eye(3), [5, 6, 1])
    finally:
        index._taken = taken
    assert len(index) == 3


def test_remove_is_all_or_nothing(database):
    index = database()
    index.add(np.eye(4))
    with pytest.raises(ValueError, match="1 ids are not in the index, the first is 9"):
        index.remove([0, 9])
    assert len(index) == 4
    index.remove(np.array([0, 2]))
    assert index.search(np.eye(4), 2)[1].tolist() == [[1, 3], [1, 3], [1, 3], [3, 1]]


COLUMN_ERRORS = {
    "none": ({}, "columns are none; this index has label, year, weight, kept"),
    "too few values": (VALUES | {"year": [1, 2]}, "column year has shape (2,)"),
    "text for a number": (VALUES | {"year": VALUES["label"]}, "column year has shape (1200,) and type <U24"),
    "another": (VALUES | {"price": [1]}, "columns are label, year, weight, kept, price"),
}


@pytest.mark.parametrize("case", COLUMN_ERRORS)
def test_columns_that_do_not_fit_are_named_and_nothing_is_added(index, case):
    columns, message = COLUMN_ERRORS[case]
    with pytest.raises(ValueError) as error:
        index.add(ROWS, np.arange(N) + 10_000, columns)
    assert message in str(error.value) and len(index) == N


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"Label": str}, "cannot be called 'Label'"),
        ({"a b": str}, "cannot be called 'a b'"),
        ({"id": int}, "cannot be called 'id'"),
        ({"label": list}, "choose one of: str, int, float, bool"),
    ],
)
def test_columns_that_cannot_be_are_refused_before_a_server_starts(columns, message, monkeypatch):
    monkeypatch.setattr("course_utils.search.postgres_rows.Server", None)
    with pytest.raises(ValueError, match=message):
        PostgresIndex(columns=columns)


def test_saved_with_its_columns_and_its_graph(index, tmp_path):
    index.build_graph(m=8, ef_construction=32)
    index.save(tmp_path / "file")
    with PostgresIndex.load(tmp_path / "file") as again:
        assert again.has_graph and again.columns == COLUMNS and len(again) == N
        np.testing.assert_array_equal(
            again.search(QUERY, 10, exact=True, **WHERE)[1], index.search(QUERY, 10, exact=True, **WHERE)[1]
        )
        again.drop_graph()
        stored = again.connection.execute("select weight, kept from items where id = 7").fetchone()
        assert stored == (VALUES["weight"][7], False)
    content = bytearray((tmp_path / "file").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(IndexFileError, match="damaged"):
        PostgresIndex.load(tmp_path / "file")


def test_a_folder_is_opened_again_as_it_was_left(short_folder):
    with started(lambda: PostgresIndex(short_folder / "db", "euclidean", {"label": str})) as index:
        index.add(np.eye(3), [7, 8, 9], {"label": ["a", "b", "a"]})
        index.build_graph()
        index.save(short_folder / "file")
        with pytest.raises(ServerError, match="already"):
            PostgresIndex(short_folder / "db")
    with PostgresIndex(short_folder / "db", "euclidean") as index:
        assert index.columns == {"label": str} and index.has_graph and index.dimension == 3
        assert index.search(np.eye(3)[:1], 3, "label = %s", ("a",))[1].tolist() == [[7, 9, -1]]
    for wrong in ({"metric": "cosine"}, {"metric": "euclidean", "columns": {"label": int}}):
        with pytest.raises(ValueError, match="was made with metric='euclidean' and the columns"):
            PostgresIndex(short_folder / "db", **wrong)
    with pytest.raises(ValueError, match="holds an index already"):
        PostgresIndex.load(short_folder / "file", short_folder / "db")


def test_the_server_listens_on_its_socket_alone(index):
    setting = lambda name: index.connection.execute("select current_setting(%s)", (name,)).fetchone()[0]  # noqa: E731
    assert setting("listen_addresses") == ""
    assert setting("unix_socket_directories") == str(index.server.folder)
    assert setting("unix_socket_permissions") == "0700" and setting("fsync") == "on"
    psutil = pytest.importorskip("psutil")
    assert psutil.Process(index.server.process.pid).net_connections("inet") == []


def test_a_full_disk_of_the_database_is_named(database, monkeypatch):
    errors = pytest.importorskip("psycopg").errors
    index = database()
    index.add(np.eye(3))

    def full(*arguments):
        raise errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr("course_utils.search.postgres_table.copy_in", full)
    with pytest.raises(OSError, match="the disk of the database is full, nothing was stored") as error:
        index.add(np.eye(3), [5, 6, 7])
    assert error.value.errno == errno.ENOSPC and len(index) == 3


def test_dimensions_beyond_pgvectors_are_refused(database):
    index = database()
    index.add(np.ones((1, 2001)))
    with pytest.raises(ValueError, match="a graph of pgvector takes up to 2,000"):
        index.build_graph()
    index.clear()
    with pytest.raises(ValueError, match="pgvector keeps up to 16,000"):
        index.add(np.ones((1, 16_001)))
    with pytest.raises(ValueError, match="the index is empty"):
        index.build_graph()
    for wrong in ({"ef_search": 0}, {"iterative_scan": "on"}):
        with pytest.raises(ValueError, match="choose one of"):
            index.set(**wrong)


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(short_folder, monkeypatch):
    started(Server).stop()  # skips where none can
    with pytest.raises(ServerError, match="too long for the name of a socket"):
        Server(short_folder / ("long" * 30))
    (short_folder / "db" / "data").mkdir(parents=True)
    with pytest.raises(ServerError, match="did not start"):
        Server(short_folder / "db")
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(PackageMissing, match=r"psycopg cannot be imported .*\[scale\]"):
        PostgresIndex(short_folder / "other")
    assert not (short_folder / "other").exists() and not list(short_folder.glob("long*"))


def test_a_stopped_server_takes_its_temporary_folder_along():
    index = started(PostgresIndex)
    index.add(np.eye(3))
    folder, process = index.server.folder, index.server.process
    assert folder.exists() and index.server.running
    index.server.stop()
    assert not folder.exists() and process.poll() is not None
    with pytest.raises(ServerGone, match=r"search: the PostgreSQL server in .* is gone"):
        index.search(np.eye(3), 1)
    index.close()


def test_a_server_that_ended_for_want_of_room_says_so(short_folder):
    index = started(lambda: PostgresIndex(short_folder / "db"))
    index.add(np.eye(3))
    index.server.stop()
    with open(short_folder / "db" / "log", "a") as log:
        log.write('PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device\n')
    with pytest.raises(OSError, match="its server has ended, what was committed is safe") as error:
        index.add(np.eye(3), [5, 6, 7])
    assert error.value.errno == errno.ENOSPC and error.value.filename == str(short_folder / "db")
    index.close()
