"""The commands of a conversation: their names, what they take, what they do in a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from rich.cells import cell_len

from nemovideo.errors import UsageError

_SLASH = re.compile(r"/([A-Za-z]+)(?:\s+(.*))?", re.DOTALL)
_BARE_FILE = re.compile(r"(export|download|storyboard)\s+([^\s\"']+\.\w{2,4})", re.IGNORECASE)


@dataclass(frozen=True)
class SlashCommand:
    """A command; it begins with a slash, or is said alone."""

    name: str
    argument: str
    """How its argument is shown in the help; empty when it takes none."""
    help: str
    takes_paths: bool = False

    @property
    def usage(self) -> str:
        """How it is written."""
        return f"/{self.name} {self.argument}".strip()


COMMANDS = (
    SlashCommand("upload", "FILES…", "photos, clips, audio, folders, links", takes_paths=True),
    SlashCommand("status", "", "the timeline"),
    SlashCommand("storyboard", "[FILE]", "pictures of the timeline", takes_paths=True),
    SlashCommand("undo", "[N]", "take back the last change, or N"),
    SlashCommand("redo", "[N]", "bring it back"),
    SlashCommand("export", "[FILE]", "render the video and save it", takes_paths=True),
    SlashCommand("resume", "[ID]", "finish what was broken off"),
    SlashCommand("credits", "", "the balance"),
    SlashCommand("open", "", "the project in the web workspace"),
    SlashCommand("new", "[NAME]", "start a new session"),
    SlashCommand("sessions", "", "the sessions known to this machine"),
    SlashCommand("use", "NAME", "work in another session"),
    SlashCommand("doctor", "", "what works here"),
    SlashCommand("help", "", "this list"),
    SlashCommand("quit", "", "leave (so does Ctrl-D)"),
)
BY_NAME = {command.name: command for command in COMMANDS}
_ALIASES = {
    "exit": "quit",
    "q": "quit",
    "bye": "quit",
    "session": "sessions",
    "download": "export",
    "h": "help",
    "退出": "quit",
    "再见": "quit",
    "帮助": "help",
    "状态": "status",
    "撤销": "undo",
    "重做": "redo",
    "导出": "export",
    "下载": "export",
    "积分": "credits",
    "余额": "credits",
    "会话": "sessions",
}
_SAID_WITH_MORE = ("upload", "use")
"""Alone they say too little to be commands; the rest must follow the slash."""


def parse_command(text: str) -> tuple[SlashCommand, str] | None:
    """Return the command that a text is, and its argument; None for anything else.

    The name of a command alone is that command, slash or not. A path that begins with a slash is
    none: it has a second slash or a dot.

    Raises:
        UsageError: It looks like a command, and there is none of that name.
    """
    text = text.strip()
    bare = _named(text)
    if bare is not None and bare.name not in _SAID_WITH_MORE:
        return bare, ""
    if named := _BARE_FILE.fullmatch(text):
        command = _named(named[1])
        assert command is not None
        return command, named[2]
    match = _SLASH.fullmatch(text)
    if match is None:
        return None
    command = _named(match[1])
    if command is None:
        near = get_close_matches(match[1].lower(), [*BY_NAME, *_ALIASES], 1)
        hint = f"Did you mean /{near[0]}?" if near else "/help lists the commands."
        raise UsageError(f"there is no command /{match[1]}", hint=hint)
    return command, (match[2] or "").strip()


def help_lines(translate: Callable[[str], str] = str) -> list[str]:
    """Return the help in the user's language, a command a line, and what else there is to know."""
    width = max(cell_len(command.usage) for command in COMMANDS)
    return [
        translate("Say what you want in your own words, or:"),
        *(f"  {command.usage:<{width}}  {translate(command.help)}" for command in COMMANDS),
        translate("Without the slash they work, too."),
        translate("Drop files here to upload them."),
        translate("Alt-Enter, or a backslash at the end, begins a new line."),
        translate("Ctrl-C stops an answer and keeps the session."),
    ]


def _named(word: str) -> SlashCommand | None:
    name = word.lower()
    return BY_NAME.get(_ALIASES.get(name, name))
