"""Commands that are said so plainly that unknown words behind them do no harm. Pure.

"Export the video for my grandma's birthday" is an export, whatever a birthday is; "export the
video with a new title" is not, since the lexicon of edits knows what a title is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nemovideo.language._commands import COMMANDS, Tokens, film_at, fits
from nemovideo.language.tokens import Token, tokenize

_SMALL = (
    "filler",
    "filler-verb",
    "one-article",
    "and",
    "for",
    "to",
    "in",
    "on",
    "at",
    "number-joint",
)
_REASONS = ("reason", "purpose", "goal", "question", "asks-kindly", "states", "called")
_THINGS = ("photo", "clip", "one", "plural", "video", "music", "sound", "credits", "export-word")
_HARMLESS = frozenset((*_SMALL, *_REASONS, *_THINGS, "eyes"))
"""Concepts of edits that change nothing by themselves."""
_NAMING = frozenset(("filler", *_THINGS))
"""Those that only name what a file is."""


def holds_edit(text: str, *, harmless: frozenset[str] = _HARMLESS) -> bool:
    """Return whether words of editing are in a text, as the reader of edits knows them."""
    tokens, _ = tokenize(text)
    return any(_is_of_edits(token, harmless) for token in tokens)


def names_an_edit(text: str) -> bool:
    """Return whether words that stand before a file's name say what to do with it."""
    return holds_edit(text, harmless=_NAMING)


def plain_command_of(tokens: Tokens, names: Sequence[str] = COMMANDS) -> str | None:
    """Return the command that a clause without signs plainly is; None when it is none."""
    if any(token.kind == "text" for token in tokens):
        return None
    for name in names:
        start = next((at for at, token in enumerate(tokens) if not _leads(token, name)), 0)
        behind = _OPENINGS[name](tokens[start:])
        if behind is not None and not holds_edit(" ".join(token.raw for token in behind)):
            return name
    return None


def _is_of_edits(token: Token, harmless: frozenset[str]) -> bool:
    if token.kind == "text" or (isinstance(token.values, dict) and token.values):
        return not token.has("filler", "export-word")
    return bool(token.concepts) and token.concepts.isdisjoint(harmless)


def _leads(token: Token, name: str) -> bool:
    """Return whether a word only leads to a command."""
    return token.has("small", "chatter") and not token.has(name, "how-many", "asks")


def _after_export(tokens: Tokens) -> Tokens | None:
    """Return what follows "export the video"; None where that is not said."""
    if not tokens or not tokens[0].has("export") or tokens[0].has("save"):
        return None
    end = film_at(tokens, 1)
    if end is None and len(tokens) > 1 and tokens[1].has("it", "film"):
        end = 2
    if end is None:
        return None
    is_for = len(tokens) > end and tokens[end].has("for-tail")
    return tokens[end:] if is_for else None


def _after_upload(tokens: Tokens) -> Tokens | None:
    """Return what follows "upload"; None where nothing says that files follow."""
    if len(tokens) < 2 or not tokens[0].has("upload") or tokens[0].has("puts-to"):
        return None
    names_files = tokens[1].has("own", "it", "which-files") or tokens[1].kind == "number"
    return tokens[1:] if names_files or tokens[-1].has("media") else None


def _after_credits(tokens: Tokens) -> Tokens | None:
    """Return what follows "how many credits do I"; None where that is not asked."""
    places = [at for at, token in enumerate(tokens[:4]) if token.has("credits")]
    if not places:
        return None
    at = places[0]
    near = [*tokens[:at], *tokens[at + 1 : at + 3]]
    asks = any(token.has("how-many") for token in near)
    return tokens[at + 3 :] if asks and all(fits(token, "credits") for token in near) else None


def _after_state(tokens: Tokens) -> Tokens | None:
    """Return what follows "which tracks"; None where that is not asked."""
    if len(tokens) > 1 and tokens[0].has("asks") and tokens[1].has("state"):
        return tokens[2:]
    return None


_OPENINGS: dict[str, Callable[[Tokens], Tokens | None]] = {
    "credits": _after_credits,
    "upload": _after_upload,
    "export": _after_export,
    "state": _after_state,
}
