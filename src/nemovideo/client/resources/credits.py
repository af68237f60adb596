"""Credits: what the account can still spend."""

from __future__ import annotations

from nemovideo.client._calls import Call
from nemovideo.client.resources._base import Resource
from nemovideo.protocol import endpoints
from nemovideo.protocol.models import Credits


class CreditsBalance(Resource):
    """``GET /api/credits/balance/simple``."""

    def get(self) -> Credits:
        """Return the balance."""
        return self._requests.fetch(Call("GET", endpoints.CREDITS, is_repeatable=True), Credits)
