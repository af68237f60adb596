"""Claim tokens: a short-lived key that opens a project in the web workspace."""

from __future__ import annotations

from nemovideo.client._calls import Call
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.protocol import endpoints
from nemovideo.protocol.models import ClaimToken


class Claims(Resource):
    """``POST /api/auth/claim-token``."""

    def create(self, task_id: str, session_id: str) -> ClaimToken:
        """Get a claim token; it may stand in a URL, the user's token never."""
        call = Call(
            "POST",
            endpoints.CLAIM_TOKEN,
            body=lambda: json_body({"task_id": task_id, "session_id": session_id}),
            is_repeatable=True,
        )
        return self._requests.fetch(call, ClaimToken)
