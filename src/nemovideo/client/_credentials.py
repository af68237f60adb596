"""The client id and the tokens on disk; no requests here.

Everything stands below the config folder: ``client_id`` (one line) and ``tokens.json`` (tokens by
the API URL that gave them), readable by the owner alone and replaced as a whole, so that neither a
crash nor another process ever shows half of one. A damaged file counts as absent.
"""

from __future__ import annotations

import json
import stat
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from nemovideo._files import expand_home, locked, write_whole
from nemovideo.errors import ConfigError

TokenKind = Literal["anonymous", "user"]

TOKENS_FILE = "tokens.json"
CLIENT_ID_FILE = "client_id"
LOCK_FILE = "credentials.lock"

LOCK_TIMEOUT_S = 300.0
"""How long another process may hold the lock: it may be waiting out a rate limit."""

_EXPIRY_MARGIN = timedelta(seconds=60)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class StoredToken:
    """A token that is kept between runs."""

    token: str = field(repr=False)
    kind: TokenKind
    user_id: str | None = None
    expires_at: datetime | None = None

    def is_expired(self, now: datetime) -> bool:
        """Return whether it has expired or is about to."""
        return self.expires_at is not None and self.expires_at - _EXPIRY_MARGIN <= now


class TokenStore:
    """Tokens and the client id of one user of this machine.

    Args:
        config_dir: The folder that everything stands in; made when something is written.
        home: Where another NemoVideo tool may have left a client id; the user's home if None.
    """

    def __init__(self, config_dir: Path, *, home: Path | None = None) -> None:
        self._folder = config_dir
        self._home = home

    def load(self, api_url: str) -> StoredToken | None:
        """Return the token for an API URL: the user's own before an anonymous one."""
        kept = self._read_tokens().get(_key(api_url))
        if not isinstance(kept, dict):
            return None
        return _read_token(kept.get("user"), "user") or _read_token(
            kept.get("anonymous"), "anonymous"
        )

    def all_tokens(self) -> tuple[str, ...]:
        """Return every token that is kept, of whatever API and kind."""
        records = [
            record
            for kept in self._read_tokens().values()
            if isinstance(kept, dict)
            for record in kept.values()
        ]
        tokens = [record.get("token") for record in records if isinstance(record, dict)]
        return tuple(token for token in tokens if isinstance(token, str))

    def save(self, api_url: str, token: StoredToken) -> None:
        """Keep a token for an API URL, in place of the one of its kind.

        Raises:
            ConfigError: The config folder can't be written.
        """
        with self.lock():
            self.save_locked(api_url, token)

    def save_locked(self, api_url: str, token: StoredToken) -> None:
        """Do what `save` does, for a caller that holds the lock."""
        tokens = self._read_tokens()
        kept = tokens.get(_key(api_url))
        tokens[_key(api_url)] = {
            **(kept if isinstance(kept, dict) else {}),
            token.kind: {
                "token": token.token,
                "user_id": token.user_id,
                "expires_at": token.expires_at.isoformat() if token.expires_at else None,
            },
        }
        self._write_tokens(tokens)

    def remove(self, api_url: str, kind: TokenKind = "user") -> bool:
        """Forget the token of a kind for an API URL; return whether there was one."""
        with self.lock():
            tokens = self._read_tokens()
            kept = tokens.get(_key(api_url))
            if not isinstance(kept, dict) or kind not in kept:
                return False
            del kept[kind]
            self._write_tokens(tokens)
            return True

    def client_id(self, override: str | None = None) -> str:
        """Return the client id: the given one, the kept one, another tool's, or a new one.

        Raises:
            ConfigError: The given one can't be sent, or a new one can't be kept.
        """
        with self.lock():
            return self.client_id_locked(override)

    def client_id_locked(self, override: str | None = None) -> str:
        """Do what `client_id` does, for a caller that holds the lock."""
        if override is not None:
            if not _is_client_id(override):
                raise ConfigError("NEMO_CLIENT_ID is no client id: use letters, digits and dashes")
            return override
        return self.find_client_id() or self.replace_client_id()

    def find_client_id(self) -> str | None:
        """Return the client id that is kept on this machine, or None."""
        home = self._home if self._home is not None else expand_home("~")
        for folder in (self._folder, home / ".config" / "nemovideo"):
            with suppress(OSError, UnicodeDecodeError):
                text = (folder / CLIENT_ID_FILE).read_text("utf-8").strip()
                if _is_client_id(text):
                    return text
        return None

    def replace_client_id(self) -> str:
        """Make a new client id and keep it; the caller holds the lock."""
        client_id = str(uuid.uuid4())
        self._write(CLIENT_ID_FILE, f"{client_id}\n")
        return client_id

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock that processes share; other processes wait.

        Raises:
            ConfigError: The config folder can't be written, or the lock was held for too long.
        """
        self._make_folder()
        path = self._folder / LOCK_FILE
        with ExitStack() as stack:
            try:
                stack.enter_context(locked(path, timeout_s=LOCK_TIMEOUT_S, is_secret=True))
            except OSError as exc:
                raise ConfigError(f"{path} can't be locked") from exc
            yield

    def _read_tokens(self) -> dict[str, Any]:
        try:
            document = json.loads((self._folder / TOKENS_FILE).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        tokens = document.get("tokens") if isinstance(document, dict) else None
        return tokens if isinstance(tokens, dict) else {}

    def _write_tokens(self, tokens: dict[str, Any]) -> None:
        self._write(TOKENS_FILE, json.dumps({"version": 1, "tokens": tokens}, indent=2) + "\n")

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        except OSError as exc:
            raise self._not_writable(exc) from exc

    def _write(self, name: str, text: str) -> None:
        """Put a file in place as a whole, readable by the owner alone."""
        try:
            write_whole(self._folder / name, text.encode(), is_secret=True)
        except OSError as exc:
            raise self._not_writable(exc) from exc

    def _not_writable(self, exc: OSError) -> ConfigError:
        return ConfigError(
            f"the config folder {self._folder} can't be written: {exc.strerror}",
            hint="Set NEMO_CONFIG_DIR to a folder of yours, or NEMO_TOKEN to use no folder.",
        )


def _read_token(value: object, kind: TokenKind) -> StoredToken | None:
    if not isinstance(value, dict) or not is_sendable(value.get("token")):
        return None
    user_id, expires_at = value.get("user_id"), value.get("expires_at")
    moment = None
    if isinstance(expires_at, str):
        with suppress(ValueError):
            moment = datetime.fromisoformat(expires_at)
    return StoredToken(
        token=value["token"],
        kind=kind,
        user_id=user_id if isinstance(user_id, str) else None,
        expires_at=moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment,
    )


def _key(api_url: str) -> str:
    """Return one spelling for all spellings of a URL."""
    parts = urlsplit(api_url)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    return f"{parts.scheme}://{parts.hostname}:{port}{parts.path.rstrip('/')}"


def _is_client_id(text: str) -> bool:
    return 0 < len(text) <= 200 and is_sendable(text)


def is_sendable(text: object) -> bool:
    """Return whether a text can stand in a header."""
    return isinstance(text, str) and bool(text) and all("!" <= char <= "~" for char in text)
