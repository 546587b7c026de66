"""What networks are called: `resnet18` is the published one, `resnet18-mini` one of its design cut small by the course.

load_encoder("resnet18-mini")                     the small network that comes with the course
load_encoder(for_profile("resnet18"))             that one with drawn pictures, the published one with real data
"""

from course_utils import config
from course_utils.checks import unknown

MINI = "-mini"


def for_profile(name: str, mini: bool | None = None) -> str:
    """Return what `name`, a published network, is to be in this profile: `<name>-mini` if drawn, itself if real.

    mini  True or False decides instead of the profile
    """
    mini = config.profile() == "drawn" if mini is None else mini
    return name + MINI if mini else name


def is_mini(name: str) -> bool:
    return name.endswith(MINI)


def check_name(kind: str, name: str, known) -> None:
    """Raise ValueError, with the names that are near, unless `name` is a known one."""
    if name not in known:
        raise ValueError(unknown(kind, name, known))
