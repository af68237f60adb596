"""What is said on a terminal, for the tests of this folder."""

from __future__ import annotations

from tests.support.scripted_cloud import ScriptedCloud

TOOL = {"type": "tool_call", "name": "add_transition", "args": {}}


def said(cloud: ScriptedCloud) -> list[str]:
    return [
        call.json["new_message"]["parts"][0]["text"] for call in cloud.calls("POST", "/run_sse")
    ]
