"""The token store: private, whole, forgiving towards damaged files."""

from __future__ import annotations

import os
import stat
import sys
import uuid
from pathlib import Path

import pytest

from nemovideo.client import StoredToken, TokenStore
from nemovideo.errors import ConfigError

URL = "https://api.example"
TOKEN = StoredToken("nmv_usr_x", "anonymous", "anon_1")

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
not_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)


@pytest.fixture
def store(config_dir: Path) -> TokenStore:
    return TokenStore(config_dir)


@posix_only
def test_files_are_readable_by_the_owner_alone(store: TokenStore, config_dir: Path) -> None:
    before = os.umask(0)
    try:
        store.client_id()
        store.save(URL, TOKEN)
    finally:
        os.umask(before)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in config_dir.iterdir()}
    assert modes["tokens.json"] == modes["client_id"] == 0o600
    assert stat.S_IMODE(config_dir.stat().st_mode) == 0o700


@posix_only
def test_files_that_were_open_to_all_are_closed_when_written(
    store: TokenStore, config_dir: Path
) -> None:
    config_dir.mkdir()
    (config_dir / "tokens.json").write_text("{}")
    (config_dir / "tokens.json").chmod(0o644)

    store.save(URL, TOKEN)

    assert stat.S_IMODE((config_dir / "tokens.json").stat().st_mode) == 0o600


@posix_only
def test_folder_that_was_there_keeps_its_mode(store: TokenStore, config_dir: Path) -> None:
    config_dir.mkdir(mode=0o755)
    config_dir.chmod(0o755)

    store.save(URL, TOKEN)

    assert stat.S_IMODE(config_dir.stat().st_mode) == 0o755


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"tokens":[]}',
        b'{"tokens":{"https://api.example:443":7}}',
        b'{"tokens":{"https://api.example:443":{"user":{"token":7},"anonymous":null}}}',
        b'{"tokens":{"https://api.example:443":{"user":{"token":"a b"}}}}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut", "binary", "list", "list-inside", "number", "types", "spaces", "deep"],
)
def test_damaged_token_file_counts_as_absent(
    store: TokenStore, config_dir: Path, content: bytes
) -> None:
    config_dir.mkdir()
    (config_dir / "tokens.json").write_bytes(content)

    assert store.load(URL) is None
    store.save(URL, TOKEN)
    assert store.load(URL) == TOKEN


@pytest.mark.parametrize("expires_at", ["2030-01-01T00:00:00", "2030-01-01T00:00:00Z", "nonsense"])
def test_token_with_an_odd_date_is_still_one(
    store: TokenStore, config_dir: Path, expires_at: str
) -> None:
    config_dir.mkdir()
    (config_dir / "tokens.json").write_text(
        '{"tokens":{"https://api.example:443":{"user":{"token":"t","expires_at":"'
        + expires_at
        + '"}}}}'
    )

    token = store.load(URL)

    assert token is not None
    assert token.expires_at is None or token.expires_at.tzinfo is not None


@pytest.mark.parametrize(
    ("saved", "asked", "is_same"),
    [
        ("https://api.example", "https://api.example:443/", True),
        ("https://API.example", "https://api.example", True),
        ("http://api.example:80", "http://api.example", True),
        ("https://api.example", "http://api.example", False),
        ("https://api.example", "https://api.example:8443", False),
        ("https://api.example/v1", "https://api.example/v2", False),
        ("https://api.example", "https://api.example.evil.example", False),
    ],
    ids=["port-named", "case", "http-port", "scheme", "port", "path", "longer-host"],
)
def test_token_belongs_to_one_api_url(
    store: TokenStore, saved: str, asked: str, is_same: bool
) -> None:
    store.save(saved, TOKEN)

    assert (store.load(asked) is not None) is is_same


def test_tokens_of_other_apis_and_kinds_stay_when_one_is_saved(store: TokenStore) -> None:
    mine = StoredToken("nmv_usr_mine", "user")
    store.save(URL, TOKEN)
    store.save("https://other.example", TOKEN)
    store.save(URL, mine)

    assert store.load("https://other.example") == TOKEN
    assert store.load(URL) == mine
    assert store.remove(URL)
    assert store.load(URL) == TOKEN


def test_client_id_is_made_once(store: TokenStore, config_dir: Path) -> None:
    client_id = store.client_id()

    assert str(uuid.UUID(client_id)) == client_id
    assert store.client_id() == client_id
    assert (config_dir / "client_id").read_text() == f"{client_id}\n"


def test_client_id_of_another_tool_is_read_and_left_alone(config_dir: Path, tmp_path: Path) -> None:
    shared = tmp_path / ".config" / "nemovideo" / "client_id"
    shared.parent.mkdir(parents=True)
    shared.write_text(" shared-id\n")

    store = TokenStore(config_dir, home=tmp_path)

    assert store.client_id() == "shared-id"
    assert not (config_dir / "client_id").exists()
    assert shared.read_text() == " shared-id\n"


def test_client_id_of_the_config_folder_goes_before_the_shared_one(
    config_dir: Path, tmp_path: Path
) -> None:
    config_dir.mkdir()
    (config_dir / "client_id").write_text("own-id")
    (tmp_path / ".config" / "nemovideo").mkdir(parents=True)
    (tmp_path / ".config" / "nemovideo" / "client_id").write_text("shared-id")

    assert TokenStore(config_dir, home=tmp_path).client_id() == "own-id"


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"two words", b"\xff\xfe\x00", b"x" * 300],
    ids=["empty", "blank", "spaces", "binary", "long"],
)  # fmt: skip
def test_damaged_client_id_counts_as_absent(
    store: TokenStore, config_dir: Path, content: bytes
) -> None:
    config_dir.mkdir()
    (config_dir / "client_id").write_bytes(content)

    assert str(uuid.UUID(store.client_id()))


def test_given_client_id_is_used_and_not_kept(store: TokenStore, config_dir: Path) -> None:
    assert store.client_id("given-id") == "given-id"
    assert not (config_dir / "client_id").exists()


@pytest.mark.parametrize("is_file", [True, False], ids=["a-file-in-the-way", "read-only"])
@posix_only
def test_folder_that_can_not_be_written_is_a_clear_error(tmp_path: Path, is_file: bool) -> None:
    if is_file:
        (tmp_path / "config").write_text("")
        folder = tmp_path / "config"
    else:
        folder = Path("/proc/nemovideo")
        if sys.platform != "linux":
            pytest.skip("needs a file system that nobody can write")

    with pytest.raises(ConfigError, match="can't be written") as caught:
        TokenStore(folder).client_id()

    assert "NEMO_CONFIG_DIR" in (caught.value.hint or "")


def test_write_that_fails_leaves_nothing_behind(store: TokenStore, config_dir: Path) -> None:
    (config_dir / "tokens.json").mkdir(parents=True)

    with pytest.raises(ConfigError):
        store.save(URL, TOKEN)

    names = {path.name for path in config_dir.iterdir()}
    assert names - {"credentials.lock"} == {"tokens.json"}
