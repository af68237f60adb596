"""An AI agent's side of `nemo mcp`: the official client and a process, in plain calls."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client, types

from tests.support.processes import wire


@dataclass(frozen=True)
class Progress:
    """One report of how far a call is."""

    progress: float
    total: float | None
    message: str | None


@dataclass(frozen=True)
class ToolAnswer:
    """What a call gave back."""

    result: types.CallToolResult
    progress: list[Progress]

    @property
    def document(self) -> dict[str, Any]:
        """The document of a call that went well."""
        assert not self.result.is_error, self.result
        assert isinstance(self.result.structured_content, dict)
        return self.result.structured_content

    @property
    def error(self) -> dict[str, Any]:
        """The error of a call that failed."""
        assert self.result.is_error, self.result
        assert isinstance(self.result.structured_content, dict)
        error = self.result.structured_content["error"]
        assert isinstance(error, dict)
        return error

    @property
    def text(self) -> str:
        """The text block, which clients show that know no documents."""
        block = self.result.content[0]
        assert isinstance(block, types.TextContent)
        return block.text


@dataclass
class Agent:
    """A client and the server that it started; a context manager.

    Attributes:
        folder: The server's working folder.
        args: What follows ``nemo mcp``.
        env: Its environment, besides the few variables that every process needs.
    """

    folder: Path
    args: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stack = ExitStack()
        self._wire = self.folder / "wire.log"
        self._log = self.folder / "stderr.log"

    def __enter__(self) -> Agent:
        command = [wire.__file__, str(self._wire), "mcp", *self.args]
        server = StdioServerParameters(
            command=sys.executable, args=command, env=self.env, cwd=self.folder
        )
        with ExitStack() as stack:
            errlog = stack.enter_context(self._log.open("w"))
            self._portal = stack.enter_context(start_blocking_portal())
            client = Client(stdio_client(server, errlog=errlog))
            try:
                self.client = stack.enter_context(self._portal.wrap_async_context_manager(client))
            except Exception as exc:
                raise AssertionError(f"the server did not start:\n{self.log}") from exc
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def said(self) -> list[dict[str, Any]]:
        """All messages that the server wrote to stdout; anything else there is an error here."""
        lines = self._wire.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    @property
    def log(self) -> str:
        """All that the server wrote to stderr."""
        return self._log.read_text("utf-8")

    @property
    def transcript(self) -> str:
        """All that the server wrote anywhere."""
        return self._wire.read_text("utf-8") + self.log

    def tools(self) -> list[types.Tool]:
        """List the tools."""
        return self._portal.call(self.client.list_tools).tools

    def start(self, tool: str, **arguments: Any) -> Future[ToolAnswer]:
        """Begin a call; cancelling the future gives it up."""
        return self._portal.start_task_soon(partial(self._call, tool, arguments))

    def call(self, tool: str, **arguments: Any) -> ToolAnswer:
        """Call a tool and wait."""
        return self.start(tool, **arguments).result(120)

    async def _call(self, tool: str, arguments: dict[str, Any]) -> ToolAnswer:
        reports: list[Progress] = []

        async def note(progress: float, total: float | None, message: str | None) -> None:
            reports.append(Progress(progress, total, message))

        result = await self.client.call_tool(tool, arguments, progress_callback=note)
        return ToolAnswer(result, reports)
