"""Time to grade a class of 30: PYTHONPATH=.:tests/teaching/grading python tests/benchmarks/bench_grading.py [STUDENTS]

Fails (exit status 1) where the promise is not kept: ten seconds a submission, so five minutes for 30.
"""

import os
import sys
import tempfile
import time

import nbformat
from submissions import hand_in, solved

from course_utils.teaching.grading import steps
from course_utils.teaching.grading.course import Course

ASSIGNMENT = "01_handcrafted_features"
MAX_SECONDS = 10  # for each submission


def main(students: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_GRADING"] = folder
        course = Course()
        released = nbformat.read(steps.release(course, [ASSIGNMENT])[0], as_version=4)
        for number in range(students):
            hand_in(solved(released, ASSIGNMENT, f"s{number:02}"), f"s{number:02}", ASSIGNMENT)
        start, used = time.perf_counter(), os.times()
        outcomes = steps.grade(course, [ASSIGNMENT])
        done = os.times()
        assert not [o for o in outcomes if o.refused]
        spent = sum(done[:4]) - sum(used[:4])  # of this process and its kernels
        seconds = time.perf_counter() - start
        print(f"{students} submissions: {seconds:.0f} s, promised {MAX_SECONDS * students}; processor {spent:.0f} s")
    return int(seconds > MAX_SECONDS * students)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
