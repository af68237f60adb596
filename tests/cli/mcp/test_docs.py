"""What docs/agents.md says of MCP is what there is."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from nemovideo.cli.mcp._tools import TOOLS
from tests.support.pages import DOCS, read_blocks
from tests.support.processes.agents import Agent

PAGE = DOCS / "agents.md"


def configured_server() -> dict[str, Any]:
    """The server in the lines that readers copy."""
    (block,) = [block for block in read_blocks(PAGE) if block.language == "json"]
    (server,) = json.loads(block.text)["mcpServers"].values()
    assert isinstance(server, dict)
    return server


def test_the_lines_to_copy_start_a_server(folder: Path, clean_environ: None) -> None:
    server = configured_server()
    assert (server["command"], server["args"][0]) == ("nemo", "mcp")
    env = {name: value for name, value in os.environ.items() if name.startswith("NEMO_")}
    with Agent(folder, tuple(server["args"][1:]), env) as agent:
        assert [tool.name for tool in agent.tools()] == list(TOOLS)


def test_the_table_names_the_tools() -> None:
    section = PAGE.read_text("utf-8").partition("\n## MCP\n")[2]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(TOOLS)
