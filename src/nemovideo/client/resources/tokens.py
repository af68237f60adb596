"""Anonymous tokens."""

from __future__ import annotations

from nemovideo.client._credentials import StoredToken
from nemovideo.client.resources._base import Resource


class Tokens(Resource):
    """``POST /api/auth/anonymous-token``; requests get their token by themselves."""

    def ensure(self) -> None:
        """Make sure that there is a token to send, getting an anonymous one when there is none."""
        self._requests.auth.token(self._requests.issue_token)

    def create_anonymous(self) -> StoredToken:
        """Get a new anonymous token, keep it and use it from now on."""
        return self._requests.auth.create(self._requests.issue_token)
