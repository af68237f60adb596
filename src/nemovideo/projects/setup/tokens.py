"""Which token commands use, told without showing it; keeping and dropping the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from nemovideo.client import StoredToken, TokenStore
from nemovideo.config import Settings
from nemovideo.errors import UsageError

TokenKind = Literal["anonymous", "user", "env", "none"]


@dataclass(frozen=True)
class TokenStatus:
    """What is known of the token in use."""

    kind: TokenKind
    user_id: str | None = None
    expires_at: datetime | None = None
    client_id: str | None = None

    @property
    def is_authenticated(self) -> bool:
        """Whether there is a token that has not expired."""
        return self.kind != "none"


def token_status(settings: Settings) -> TokenStatus:
    """Return which token is used for the settings' API; nothing is fetched or made."""
    store = TokenStore(settings.config_dir)
    client_id = settings.client_id or store.find_client_id()
    if settings.token is not None:
        return TokenStatus("env", client_id=client_id)
    token = store.load(settings.api_url)
    if token is None or token.is_expired(datetime.now(UTC)):
        return TokenStatus("none", client_id=client_id)
    return TokenStatus(token.kind, token.user_id, token.expires_at, client_id)


def kept_tokens(settings: Settings) -> tuple[str, ...]:
    """Return all tokens that are kept on this machine, so that none is ever written out."""
    return TokenStore(settings.config_dir).all_tokens()


def keep_token(settings: Settings, token: str) -> None:
    """Keep a token of the user's own for the settings' API.

    Raises:
        UsageError: It holds characters that no token has.
        ConfigError: The config folder can't be written.
    """
    token = token.strip()
    if not token or not all("!" <= char <= "~" for char in token):
        raise UsageError("that is no token: a token is one word of letters, digits and signs")
    TokenStore(settings.config_dir).save(settings.api_url, StoredToken(token, "user"))


def drop_token(settings: Settings) -> bool:
    """Forget the user's own token for the settings' API; return whether there was one."""
    return TokenStore(settings.config_dir).remove(settings.api_url, "user")
