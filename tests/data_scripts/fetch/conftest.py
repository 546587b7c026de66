"""No test here reaches beyond this machine: files come from a server on loopback."""

from dataclasses import replace

import pytest
from fetch_server import Server

from data_scripts.fetch.transfer import Patience


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """A proxy of whoever runs the tests must not see these requests, nor a token of theirs."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")


@pytest.fixture
def server():
    with Server() as running:
        yield running


@pytest.fixture
def patience() -> Patience:
    """Does not wait between tries, but for a machine that is busy with other things."""
    return Patience(tries=3, pause=0.005, longest=0.02, timeout=10, slowest=1, window=10)


@pytest.fixture
def impatience(patience) -> Patience:
    """Gives up a slow or silent server in a blink."""
    return replace(patience, timeout=0.3, slowest=1e5, window=0.2)
