"""The slash commands: their names, what they take, what they do in a line. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from nemovideo.errors import UsageError

_SLASH = re.compile(r"/([A-Za-z]+)(?:\s+(.*))?", re.DOTALL)
_LEAVE = frozenset({"exit", "quit", "bye", "退出", "再见"})


@dataclass(frozen=True)
class SlashCommand:
    """A command that begins with a slash."""

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
    SlashCommand("undo", "", "take the last change back"),
    SlashCommand("export", "[FILE]", "render the video and save it", takes_paths=True),
    SlashCommand("credits", "", "the balance"),
    SlashCommand("open", "", "the project in the web workspace"),
    SlashCommand("new", "[NAME]", "start a new session"),
    SlashCommand("sessions", "", "the sessions known to this machine"),
    SlashCommand("use", "ID", "work in another session"),
    SlashCommand("help", "", "this list"),
    SlashCommand("quit", "", "leave (so does Ctrl-D)"),
)
BY_NAME = {command.name: command for command in COMMANDS}
_ALIASES = {"exit": "quit", "q": "quit", "session": "sessions", "download": "export", "h": "help"}


def parse_command(text: str) -> tuple[SlashCommand, str] | None:
    """Return the command that a text is, and its argument; None for anything else.

    A path that begins with a slash is no command: it has a second slash or a dot.

    Raises:
        UsageError: It looks like a command, and there is none of that name.
    """
    text = text.strip()
    if text.lower() in _LEAVE:
        return BY_NAME["quit"], ""
    match = _SLASH.fullmatch(text)
    if match is None:
        return None
    name = match[1].lower()
    command = BY_NAME.get(_ALIASES.get(name, name))
    if command is None:
        near = get_close_matches(name, [*BY_NAME, *_ALIASES], 1)
        hint = f"Did you mean /{near[0]}?" if near else "/help lists the commands."
        raise UsageError(f"there is no command /{match[1]}", hint=hint)
    return command, (match[2] or "").strip()


def help_lines() -> list[str]:
    """Return the help, a command a line, and what else there is to know."""
    width = max(len(command.usage) for command in COMMANDS)
    return [
        "Say what you want in your own words, or:",
        *(f"  {command.usage:<{width}}  {command.help}" for command in COMMANDS),
        "Drop files here to upload them. Alt-Enter, or a backslash at the end, begins a new line.",
        "Ctrl-C stops an answer and keeps the session.",
    ]
