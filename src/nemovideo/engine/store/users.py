"""Who may use the engine: users, their tokens and credits, tokens that claim a session.

Tokens are kept as hashes. An anonymous user is known by its client id: a new token after the old
one's expiry belongs to the same user, so that its sessions stay reachable.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from nemovideo.engine._refusals import TooManyTokensError
from nemovideo.engine.store.database import Database
from nemovideo.errors import InvalidTokenError

TOKEN_PREFIX = "nmv_usr_"  # noqa: S105 - the beginning that all tokens share
CLAIM_PREFIX = "clm_"
TOKEN_LIFETIME_S = 7 * 24 * 3600
CLAIM_LIFETIME_S = 600
FREE_CREDITS = 100
OWNER_ID = "local_owner"
"""The machine's own user: the one that ``--local`` works as."""

_TOKEN = re.compile(re.escape(TOKEN_PREFIX) + r"[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True)
class IssuedToken:
    """A token as it leaves the engine, once."""

    token: str = field(repr=False)
    user_id: str
    credits: int
    expires_at: float
    """Seconds since the epoch."""


def is_token(text: str) -> bool:
    """Return whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def new_token() -> str:
    """Make a token that nobody can guess."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


class Users:
    """The table of users and what stands for them."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def issue_anonymous(self, client_id: str) -> IssuedToken:
        """Give a client its token, one in seven days.

        Raises:
            TooManyTokensError: The client's last token is still valid.
        """
        now = self._clock()
        token = new_token()
        with self._database.write() as connection:
            user_id = self._user_of_client(connection, client_id, now)
            self._check_rate(connection, user_id, now)
            self._insert_token(connection, token, user_id, now, now + TOKEN_LIFETIME_S)
        return IssuedToken(token, user_id, FREE_CREDITS, now + TOKEN_LIFETIME_S)

    def adopt_owner_token(self, token: str) -> None:
        """Make a token the machine's own user's only one; it doesn't expire."""
        now = self._clock()
        with self._database.write() as connection:
            self._insert_user(connection, OWNER_ID, None, now)
            known = connection.execute(
                "SELECT 1 FROM tokens WHERE hash = ? AND user_id = ?", (_hash(token), OWNER_ID)
            ).fetchone()
            if known is None:
                connection.execute("DELETE FROM tokens WHERE user_id = ?", (OWNER_ID,))
                self._insert_token(connection, token, OWNER_ID, now, None)

    def user_of(self, token: str) -> str:
        """Return the id of the user whose token this is.

        Raises:
            InvalidTokenError: Nobody's, or expired.
        """
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT user_id, expires_at FROM tokens WHERE hash = ?", (_hash(token),)
            ).fetchone()
        if row is None or (row["expires_at"] is not None and row["expires_at"] <= self._clock()):
            raise InvalidTokenError
        return str(row["user_id"])

    def credits_of(self, user_id: str) -> int:
        """Return the user's balance. The engine is free: nothing ever takes from it."""
        with self._database.read() as connection:
            (balance,) = connection.execute(
                "SELECT credits FROM users WHERE id = ?", (user_id,)
            ).fetchone()
        return int(balance)

    def issue_claim(self, session_id: str) -> str:
        """Make a short-lived token that stands for one session."""
        now = self._clock()
        claim = CLAIM_PREFIX + secrets.token_urlsafe(24)
        with self._database.write() as connection:
            connection.execute("DELETE FROM claims WHERE expires_at <= ?", (now,))
            connection.execute(
                "INSERT INTO claims (hash, session_id, expires_at) VALUES (?, ?, ?)",
                (_hash(claim), session_id, now + CLAIM_LIFETIME_S),
            )
        return claim

    def _user_of_client(self, connection: sqlite3.Connection, client_id: str, now: float) -> str:
        client_hash = _hash(client_id)
        row = connection.execute(
            "SELECT id FROM users WHERE client_hash = ?", (client_hash,)
        ).fetchone()
        if row is not None:
            return str(row["id"])
        user_id = f"anon_{uuid.uuid4().hex}"
        self._insert_user(connection, user_id, client_hash, now)
        return user_id

    def _check_rate(self, connection: sqlite3.Connection, user_id: str, now: float) -> None:
        (last,) = connection.execute(
            "SELECT max(created_at) FROM tokens WHERE user_id = ?", (user_id,)
        ).fetchone()
        if last is not None and now < last + TOKEN_LIFETIME_S:
            raise TooManyTokensError(retry_after_s=ceil(last + TOKEN_LIFETIME_S - now))

    @staticmethod
    def _insert_user(
        connection: sqlite3.Connection, user_id: str, client_hash: str | None, now: float
    ) -> None:
        connection.execute(
            "INSERT OR IGNORE INTO users (id, client_hash, credits, created_at)"
            " VALUES (?, ?, ?, ?)",
            (user_id, client_hash, FREE_CREDITS, now),
        )

    @staticmethod
    def _insert_token(
        connection: sqlite3.Connection,
        token: str,
        user_id: str,
        now: float,
        expires_at: float | None,
    ) -> None:
        connection.execute(
            "INSERT INTO tokens (hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
            (_hash(token), user_id, now, expires_at),
        )


def _hash(secret: str) -> str:
    # A fast hash is enough: what is hashed is random, not chosen by people.
    return hashlib.sha256(secret.encode()).hexdigest()
