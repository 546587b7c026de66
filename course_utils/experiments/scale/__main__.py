"""The stored tables of lesson 08; the vectors are drawn around the scenes' embeddings of the present profile.

    COURSE_RESULTS=results python -m course_utils.experiments.scale exact approximate
    COURSE_RESULTS=results python -m course_utils.experiments.scale database tail --vectors 100000

exact        time of exact search from 1,000 vectors on, against bytes over the bandwidth of memory
approximate  recall against speed of inverted lists, codes and a graph
database     PostgreSQL: exact, a graph, conditions with and without iterative scan
tail         fan-out over shards and replicas, from measured times of one shard
"""

from course_utils.experiments.command import topics_parser, write_table
from course_utils.experiments.scale import approximate, database, exact, tail
from course_utils.experiments.scale.vectors import LESSON, note

ONE = "one query at a time on one thread, median of all, seconds of the processor"
TOPICS = {  # name: (what makes the rows for n vectors, n where none is given, how they were made)
    "exact": (
        exact.make_exact,
        1_000_000,
        f"{ONE}; the line: bytes of the vectors / bytes a second of the best scalar product of a large array",
    ),
    "approximate": (
        approximate.make_approximate,
        1_000_000,
        f"{ONE}; settings that no other beats in recall and time on validation queries, measured on others "
        "(number: nprobe, efSearch); speed_up: exact time / time in the same run",
    ),
    "database": (
        database.make_database,
        100_000,
        "one query at a time, median of all, seconds of the clock; PostgreSQL 18 with pgvector, "
        f"m {database.M}, ef_construction {database.EF_CONSTRUCTION}; conditions at ef_search "
        f"{database.EF_FILTERED}; speed_up: exact time in the database / time",
    ),
    "tail": (
        tail.make_tail,
        100_000,
        f"simulated, {tail.TRIALS:,} queries, from 1,000 measured times of one shard (HNSW); supposed: "
        f"{tail.STRAGGLERS:.0%} of answers take {tail.SLOWNESS:.0f} times as long, no queues; multiples of one "
        "shard's median",
    ),
}


if __name__ == "__main__":
    parser = topics_parser("scale", TOPICS)
    parser.add_argument("--vectors", type=int, help="how many; each topic has its own default")
    options = parser.parse_args()
    for topic in options.topics:
        make, default, how = TOPICS[topic]
        n = options.vectors or default
        write_table(LESSON, topic, [make(n)], f"{note(n)}; {how}")
