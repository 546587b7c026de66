"""Pretrain the mini networks on free photographs:  python -m data_scripts pretrain [NAME ...]"""


class CannotPretrain(ValueError):
    """The command asks for a network that does not exist, or for photographs in the wrong profile."""
