"""Make the course's own weights from free photographs, text and drawn pictures:  python -m data_scripts pretrain"""


class CannotPretrain(ValueError):
    """The command asks for a network that does not exist, or what its making needs is not there or of no use."""
