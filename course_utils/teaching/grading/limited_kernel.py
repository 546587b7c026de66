"""A kernel with limits for submissions: `python -m course_utils.teaching.grading.limited_kernel -f ...`.

COURSE_GRADING_MEMORY_MB   memory that the code of one submission may ask for, default 4096 (Linux only)
COURSE_GRADING_SECONDS     processor time of one submission, default 300

Code that asks for more memory gets a MemoryError and loses the task; code that uses up its processor time loses its
kernel. Limits keep accidents from harming the machine. They are no protection against malice: see docs/instructors.md.
"""

import os
import sys

FILE_BYTES = 200_000_000  # the largest file that a submission may write


def limit(memory_mb: int, seconds: int) -> None:
    """Limit memory, processor time and size of files of this process and its children, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    memory = memory_mb * 1_000_000
    for what, value in (("RLIMIT_DATA", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_FSIZE", FILE_BYTES)):
        number = getattr(resource, what)
        hard = resource.getrlimit(number)[1]
        if hard == resource.RLIM_INFINITY or hard > value:
            resource.setrlimit(number, (value, value))


def main() -> None:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # exercises are small; threads would only cost memory
    limit(int(os.environ.get("COURSE_GRADING_MEMORY_MB", 4096)), int(os.environ.get("COURSE_GRADING_SECONDS", 300)))
    from ipykernel.kernelapp import launch_new_instance

    sys.argv[0] = "ipykernel_launcher"
    launch_new_instance()


if __name__ == "__main__":
    main()
