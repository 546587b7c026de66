"""Tests of what needs a package of the extra, or a server, say why they are skipped where it is not there."""

import pytest

from course_utils.search import ClusterError, PackageMissing, ServerError


def started(make):
    """Return make(), or skip where this machine cannot."""
    try:
        return make()
    except (PackageMissing, ServerError, ClusterError) as error:
        pytest.skip(str(error))
