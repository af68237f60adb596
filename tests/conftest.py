"""What holds for every test: its own home, its own environment, no network beyond this machine."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import certifi
import pytest
from hypothesis import HealthCheck, settings

from tests.support.processes.nemo import SERVER, fork_server

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}

FOREIGN_VARIABLES = (
    "SKILL_SOURCE",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "LC_ALL",
    "LC_MESSAGES",
    "LANGUAGE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
)
"""What the developer's shell may hold and the program (or Rich, or httpx) would read."""

settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")  # a busy machine is no reason to fail


def pytest_configure(config: pytest.Config) -> None:
    """Start the server that runs of `nemo` are forks of, once for all workers.

    Ctrl-C is to work in what the tests start, also when they run as a background job: a shell
    starts such a job with SIGINT ignored, and what is ignored stays so in children.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux" and SERVER not in os.environ:
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
        stack = ExitStack()
        os.environ[SERVER] = stack.enter_context(fork_server({**kept, "LANG": "C.UTF-8"}))
        config.add_cleanup(stack.close)


class OutsideNetworkError(RuntimeError):
    """A test tried to reach another machine; no OSError, so that no client code swallows it."""


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home folders are; most tests have no use for a ``tmp_path``, which costs more."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="session")
def authority(homes: Path) -> Path:
    """One of the usual certificate authorities: no test reaches a server that has a certificate.

    Every client and every run would read all of them, which takes longer than most requests.
    """
    usual = Path(certifi.where()).read_text("utf-8")
    end = "-----END CERTIFICATE-----\n"
    path = homes / "authority.pem"
    path.write_text(usual.partition(end)[0] + end, "utf-8")
    return path


@pytest.fixture(autouse=True)
def clean_environ(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, homes: Path, authority: Path
) -> None:
    """Give the test an environment without the user's settings, and folders of its own.

    A test marked ``network`` keeps the ``NEMO_*`` variables: they say which server it is for.
    """
    on_network = request.node.get_closest_marker("network") is not None
    for name in list(os.environ):
        is_setting = name.upper().startswith("NEMO_") and not on_network
        if is_setting or name.upper() in FOREIGN_VARIABLES:
            monkeypatch.delenv(name)
    home = Path(tempfile.mkdtemp(dir=homes)) / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "NEMO_CONFIG_DIR": "nemo-config",
        "NEMO_DATA_DIR": "nemo-data",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("LANG", "C.UTF-8")
    if not on_network:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))


@pytest.fixture
def config_dir(clean_environ: None) -> Path:
    """The test's own config folder; it does not exist yet."""
    return Path(os.environ["NEMO_CONFIG_DIR"])


@pytest.fixture
def data_dir(clean_environ: None) -> Path:
    """The test's own data folder; it does not exist yet."""
    return Path(os.environ["NEMO_DATA_DIR"])


@pytest.fixture(autouse=True)
def loopback_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections and look-ups that leave this machine, unless marked ``network``."""
    if request.node.get_closest_marker("network") is None:
        monkeypatch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        monkeypatch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        monkeypatch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(sock: socket.socket, address: Any) -> Any:
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_outside(address[0])
        return connect(sock, address)

    return guarded


def _guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host:
            _refuse_outside(host.decode() if isinstance(host, bytes) else host)
        return lookup(host, *args, **kwargs)

    return guarded


def _refuse_outside(host: str) -> None:
    if host not in LOOPBACK_NAMES and not host.startswith("127."):
        raise OutsideNetworkError(
            f"a test tried to reach {host}: tests stay on loopback "
            "(mark it `network` when it is meant for a real server)"
        )
