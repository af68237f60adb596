"""What fails on the way or at the other end: connections, waits, answers, the agent, renders."""

from __future__ import annotations

from nemovideo.errors._base import NemoError
from nemovideo.errors._exit_codes import ExitCode


class NetworkError(NemoError):
    """The server could not be reached, or the connection broke."""

    kind = "network"
    exit_code = ExitCode.NETWORK
    default_hint = (
        "Check the connection and run the command again, or work on this machine: add --local."
    )


class UnreachableError(NetworkError):
    """No connection to the server could be made, so that nothing was sent."""


class ServerError(NetworkError):
    """The server failed (HTTP 5xx) without saying anything that the table of codes knows."""


class StreamDroppedError(NetworkError):
    """The connection broke after the message may have left: read the state, never send again."""

    default_message = "the connection broke while the agent was at work"
    default_hint = "The message was not sent again. `nemo status` shows what was done."


class WaitTimeoutError(NemoError):
    """A wait reached its limit."""

    kind = "timeout"
    exit_code = ExitCode.NETWORK


class StreamTimeoutError(WaitTimeoutError):
    """The agent's answer reached the total or the idle limit."""


class ProtocolError(NemoError):
    """An answer that can't be understood; the message names the endpoint and what was wrong."""

    kind = "protocol"
    exit_code = ExitCode.NETWORK
    default_hint = "This is the server's fault or a new version's; `nemo doctor` tells more."


class AgentError(NemoError):
    """The agent itself reported that it failed."""

    kind = "agent"
    exit_code = ExitCode.NETWORK
    default_hint = "Nothing was sent twice. Look at `nemo status`, then ask again in other words."


class RenderError(NemoError):
    """A render failed."""

    kind = "render"
    exit_code = ExitCode.RENDER
    default_hint = "The timeline is kept: `nemo export` tries again."


class RenderTimeoutError(RenderError):
    """A render took longer than the limit; it may still finish."""

    default_hint = "It may still finish: `nemo export --resume` takes it up."
