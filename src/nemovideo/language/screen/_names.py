"""What an instruction at the screen asks for, and the name of the button or panel in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.language.actions import Action
from nemovideo.language.screen import _rules as rules
from nemovideo.language.tokens import Token, tokenize

_FOLDER = "screen"
_VERBS = ("click", "clicks", "press", "choose", "find", "choose-there", "by-clicking")
_AROUND = " *_`\"“”‘’'「」『』【】[]<>《》"


def action_of(tokens: Sequence[Token], said: str) -> Action | None:
    """Return what an instruction asks for; None when a clause is none.

    Args:
        tokens: Those of the clause, from its verb on.
        said: The sentence in which they stand.
    """
    kind = next((kind for kind, holds in rules.RULES if holds(tokens)), None)
    if kind == "click":
        name = _button(tokens, said)
        return Action(rules.kind_of_name(tokenize(name, folder=_FOLDER)[0]), name)
    if kind == "state":
        name = _panel(tokens, said)
        leads_out = rules.kind_of_name(tokenize(name, folder=_FOLDER)[0]) == "export"
        return Action("export" if leads_out else "state", name)
    return Action(kind, _said(tokens, said)) if kind else None


def _said(tokens: Sequence[Token], said: str) -> str:
    return said[tokens[0].start : tokens[-1].end].strip(" *")


def _button(tokens: Sequence[Token], said: str) -> str:
    """Return the name of what is clicked."""
    at = next((at for at, token in enumerate(tokens) if token.has(*_VERBS)), 0) + 1
    while at < len(tokens) and tokens[at].has("article", "named-part", "filler"):
        at += 1
    named = list(tokens[at:])
    if not named:
        return _said(tokens, said)
    end = 1 if named[0].kind == "text" else _capitals(named) or _plain(named)
    return _said(named[: max(end, 1)], said).strip(_AROUND)


def _capitals(tokens: Sequence[Token]) -> int:
    """Return how many words are a name with capitals: "Save to Disk"."""
    end = 0
    for at, token in enumerate(tokens):
        if token.raw[:1].isupper() or (at and token.kind != "punct" and token.raw[:1].isdigit()):
            end = at + 1
        elif not (end == at and token.has("in-name")):
            break
    return end


def _plain(tokens: Sequence[Token]) -> int:
    """Return how many words stand before what ends a name: "button", "to", a sign."""
    for at, token in enumerate(tokens[1:], 1):
        if token.has("button", "name-end") or (token.kind == "punct" and token.raw != "&"):
            return at
    return len(tokens)


def _panel(tokens: Sequence[Token], said: str) -> str:
    """Return the name of the part of the screen that is opened."""
    found = rules.find(tokens, 1, len(tokens), "panel", "place") or len(tokens) - 1
    end = found + 1
    while end < len(tokens) and tokens[end].has("panel", "panel-word"):
        end += 1
    start = 1
    for at in range(1, found):
        if tokens[at].has("article", "own", "within", "named-part", "filler"):
            start = at + 1
    return _said(tokens[start:end], said).replace("*", "").strip(_AROUND)
