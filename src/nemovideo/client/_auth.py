"""Which token a request carries, and what happens when it is refused.

A token that the user gave is used as it is and never replaced. Otherwise a kept one is used while
it is valid, and an anonymous one is got when there is none. The whole step "is there a valid one?
else get one" runs under a lock that processes share, so that runs that start at once get one token
together. It is no `httpx.Auth`: the API refuses a token within a response of HTTP 200, for which
that flow would have to read every response whole, streams too, and send a used-up body again.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from nemovideo.client._credentials import StoredToken, TokenStore, is_sendable
from nemovideo.errors import ConfigError, InvalidTokenError, MissingClientIdError, RateLimitError
from nemovideo.protocol.models import AnonymousToken

KindInUse = Literal["env", "user", "anonymous", "none"]

Issue = Callable[[str], AnonymousToken]
"""Asks the server for an anonymous token, given a client id."""

_LIFETIME = timedelta(days=7)


def utc_now() -> datetime:
    """Return the present with its zone."""
    return datetime.now(UTC)


class Authenticator:
    """Gives out the token for one API URL.

    Args:
        store: Where tokens are kept.
        api_url: The API URL that the tokens belong to; they go to no other.
        given: A token that the user gave for this run.
        client_id: A client id that the user gave for this run.
        now: Gives the present with its zone.
    """

    def __init__(
        self,
        store: TokenStore,
        api_url: str,
        *,
        given: str | None = None,
        client_id: str | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        given = given.strip() if given is not None else None
        if given is not None and not is_sendable(given):
            raise ConfigError("the token holds characters that no token has")
        self._store = store
        self._api_url = api_url
        self._given = given
        self._client_id = client_id
        self._now = now
        self._current: StoredToken | None = None
        self._lock = threading.RLock()

    @property
    def kind(self) -> KindInUse:
        """What kind of token requests carry; "none" while there is none yet."""
        if self._given is not None:
            return "env"
        token = self._current or self._store.load(self._api_url)
        if token is None or (token.kind == "anonymous" and token.is_expired(self._now())):
            return "none"
        return token.kind

    @property
    def user_id(self) -> str | None:
        """Whose token it is, as far as its record says."""
        if self._given is not None:
            return None
        token = self._current or self._store.load(self._api_url)
        return token.user_id if token else None

    def token(self, issue: Issue) -> str:
        """Return the token to send, getting an anonymous one when there is none.

        Raises:
            InvalidTokenError: The user's own token has expired.
            NemoError: Getting an anonymous token failed.
        """
        if self._given is not None:
            return self._given
        with self._lock:
            if self._current is None or self._current.is_expired(self._now()):
                self._current = self._load() or self._get_new(issue, refused=None)
            return self._current.token

    def renew(self, refused: str, issue: Issue) -> None:
        """Replace an anonymous token that the server refused.

        Raises:
            InvalidTokenError: The token is the user's own; it is never replaced.
            NemoError: Getting an anonymous token failed.
        """
        if self._given is not None:
            raise InvalidTokenError
        with self._lock:
            current = self._current
            if current is not None and current.token == refused and current.kind == "user":
                raise InvalidTokenError
            self._current = self._get_new(issue, refused=refused)

    def _load(self) -> StoredToken | None:
        token = self._store.load(self._api_url)
        if token is None or not token.is_expired(self._now()):
            return token
        if token.kind == "user":
            raise InvalidTokenError("your token has expired")
        return None

    def _get_new(self, issue: Issue, *, refused: str | None) -> StoredToken:
        with self._store.lock():
            # Another process may have got one while this one waited for the lock.
            kept = self._load()
            if kept is not None and kept.token != refused:
                return kept
            try:
                return self._issue_and_keep(issue)
            except RateLimitError:
                old = self._store.load(self._api_url)
                if old is None or old.token == refused:
                    raise
                # No other is given, so this machine's clock may be at fault: the server decides.
                return self._keep(replace(old, expires_at=None))

    def _issue_and_keep(self, issue: Issue) -> StoredToken:
        try:
            issued = issue(self._store.client_id_locked(self._client_id))
        except MissingClientIdError:
            # An id that the user gave for this run is no reason to overwrite the kept one.
            is_own = self._client_id is None
            issued = issue(self._store.replace_client_id() if is_own else str(uuid.uuid4()))
        if not is_sendable(issued.token):
            raise InvalidTokenError("the server gave a token that can't be sent")
        token = StoredToken(
            token=issued.token,
            kind="anonymous",
            user_id=issued.user_id,
            expires_at=issued.expires_at or self._now() + _LIFETIME,
        )
        # One of the two clocks is wrong where it comes expired: it is good until it is refused.
        return self._keep(
            replace(token, expires_at=None) if token.is_expired(self._now()) else token
        )

    def _keep(self, token: StoredToken) -> StoredToken:
        self._store.save_locked(self._api_url, token)
        return token
