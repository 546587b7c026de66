"""For the check of the stored outputs (nbval): patience with a machine that does much else at the time."""


def pytest_collection_modifyitems(items):
    """Wait up to a minute, not five seconds, for what a finished cell has printed."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = 60
