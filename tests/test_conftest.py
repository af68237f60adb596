from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from nemovideo.config import resolve_settings
from tests.conftest import OutsideNetworkError


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("203.0.113.7", id="address"),
        pytest.param("example.com", id="name"),
    ],
)
def test_network_beyond_loopback_is_refused(host: str) -> None:
    with pytest.raises(OutsideNetworkError, match="tests stay on loopback"):
        socket.create_connection((host, 80), timeout=1)


def test_network_refuses_plain_sockets_too() -> None:
    with (
        socket.socket() as sock,
        pytest.raises(OutsideNetworkError, match=r"203\.0\.113\.7"),
    ):
        sock.connect_ex(("203.0.113.7", 80))


def test_network_on_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=5) as client:
            assert client.getpeername()[1] == port


def test_environ_points_every_folder_below_those_of_the_tests(homes: Path) -> None:
    settings = resolve_settings()
    assert homes in settings.config_dir.parents
    assert homes in settings.data_dir.parents
    assert homes in Path.home().parents


def test_environ_holds_none_of_the_users_settings() -> None:
    names = {name for name in os.environ if name.startswith("NEMO_")}
    assert names == {"NEMO_CONFIG_DIR", "NEMO_DATA_DIR"}
