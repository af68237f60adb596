"""Tokens that were sent, for the tests of this folder."""

from __future__ import annotations

from tests.support.scripted_cloud import ScriptedCloud

TOKEN_PATH = "/api/auth/anonymous-token"
CREDITS_PATH = "/api/credits/balance/simple"


def tokens_sent(cloud: ScriptedCloud, path: str = CREDITS_PATH) -> list[str | None]:
    return [request.token for request in cloud.calls("GET", path)]
