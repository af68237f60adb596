"""One sentence judged clause by clause: what tells the user to use the screen goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from nemovideo.language import _screen_words as words
from nemovideo.language._chinese import is_han, simplified
from nemovideo.language._patterns import LazyPattern
from nemovideo.language.actions import Action, ActionKind

_MAX_CHARS = 1000
_HIDDEN = LazyPattern(
    r"(?P<code>`[^`]*`|\bhttps?://\S+)|“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’"
    r"|(?<![A-Za-z0-9])'[^']*'(?![A-Za-z0-9])"
)
_JOINT = LazyPattern(r"^(?:and then|and|then|or|but|so)\s+", re.IGNORECASE)
_LOOSE_END = " \t,;:—–-，；：、"


class Verdict(NamedTuple):
    """What a sentence leaves for the user, and what it asks for."""

    kept: str
    actions: tuple[Action, ...] = ()


class _Role(Enum):
    SCREEN = "screen"
    """Tells the user to use the screen."""
    STEP = "step"
    """Goes with an instruction; stays without one."""
    BEFORE = "before"
    AFTER = "after"
    CONTENT = "content"


class _Clause:
    def __init__(self, start: int, end: int, role: _Role, action: Action | None = None) -> None:
        self.start = start
        self.end = end
        self.role = role
        self.action = action


def judge(sentence: str, *, is_step: bool = False) -> Verdict:
    """Judge a sentence.

    Args:
        sentence: Without whitespace around it.
        is_step: Whether it stands in a list whose last item was an instruction.
    """
    if len(sentence) > _MAX_CHARS:
        return Verdict(sentence)
    masked = simplified(_HIDDEN.sub(_mask, sentence)).lower()
    if len(masked) != len(sentence):  # a letter that grows in lower case
        return Verdict(sentence)
    if masked.endswith(("?", "？")) and words.OFFER.search(masked):
        return Verdict(sentence)
    clauses = _clauses(sentence, masked)
    if is_step and clauses[0].role in (_Role.STEP, _Role.BEFORE) and not _has_screen(clauses):
        return Verdict("")
    if not _has_screen(clauses):
        return Verdict(sentence)
    _resolve(clauses)
    actions = tuple(clause.action for clause in clauses if clause.action is not None)
    return Verdict(_kept(sentence, clauses), actions)


def _mask(match: re.Match[str]) -> str:
    return ("\ue001" if match["code"] else "\ue000") * len(match.group())


def _has_screen(clauses: Sequence[_Clause]) -> bool:
    return any(clause.role is _Role.SCREEN for clause in clauses)


def _clauses(sentence: str, masked: str) -> list[_Clause]:
    clauses: list[_Clause] = []
    start = 0
    for separator in words.SEPARATOR.finditer(masked):
        # The word that joins belongs to the clause after it.
        joint = separator.start() if separator.group().strip().isalpha() else separator.end()
        clauses.append(_clause(sentence, masked, start, separator.start()))
        start = joint
        if separator.group().strip() in (":", "：") and _is_quoting(clauses[-1], masked):
            clauses[-1].end = len(sentence)
            return clauses
    clauses.append(_clause(sentence, masked, start, len(sentence)))
    return clauses


def _is_quoting(clause: _Clause, masked: str) -> bool:
    """Return whether what follows is heard or read in the video."""
    said = masked[clause.start : clause.end]
    return clause.role is _Role.CONTENT and bool(words.SPOKEN.search(said))


def _clause(sentence: str, masked: str, start: int, end: int) -> _Clause:
    text = words.SENTENCE_END.sub("", masked[start:end]).strip()
    offset = masked.index(text, start)
    fillers = words.FILLERS.match(text)
    skipped = fillers.end() if fillers else 0
    verb, said = text[skipped:], sentence[offset + skipped : offset + len(text)]
    is_told = not words.SENTENCE_END.search(sentence) or not sentence.rstrip().endswith(("?", "？"))
    action = _action(verb, said) if is_told or skipped else None
    if action is None:
        action = _pointed_out(text, sentence[offset : offset + len(text)])
    if action is not None:
        return _Clause(start, end, _Role.SCREEN, action)
    bare = _JOINT.sub("", text)
    if words.STEP.match(verb):
        return _Clause(start, end, _Role.STEP)
    if words.BEFORE.match(bare):
        return _Clause(start, end, _Role.BEFORE)
    if words.AFTER.match(bare) or words.ELLIPSIS.match(text) or not verb:
        return _Clause(start, end, _Role.AFTER)
    return _Clause(start, end, _Role.CONTENT)


def _action(verb: str, said: str) -> Action | None:
    """Return what an instruction asks for; None when a clause is none."""
    if words.CREDITS.match(verb):
        return Action("credits", said.strip(" *"))
    if words.DRAG.match(verb) or words.CONTROL.match(verb):
        return Action("edit", said.strip(" *"))
    if words.CLICK.match(verb) or words.CLICK_WEAK.match(said[:1].lower() + said[1:]):
        return _click(said)
    if words.PREVIEW.match(verb):
        return Action("timeline", said.strip(" *"))
    if words.OPEN.match(verb):
        panel = _panel_name(said)
        kind: ActionKind = "export" if words.EXPORT_NAMES.search(panel.lower()) else "state"
        return Action(kind, panel)
    if words.EXPORT.match(verb):
        return Action("export", said.strip(" *"))
    return None


def _click(said: str) -> Action:
    name = _button_name(said)
    folded = simplified(name).lower()
    if words.EXPORT_NAMES.search(folded):
        return Action("export", name)
    if words.PREVIEW_NAMES.search(folded):
        return Action("timeline", name)
    if words.CREDITS_NAMES.search(folded):
        return Action("credits", name)
    return Action("click", name)


def _pointed_out(text: str, said: str) -> Action | None:
    """Read "you'll find the Export button at the top right"."""
    if words.EXPORT_BUTTON.search(text) and words.WHERE.search(text):
        return None if words.GRAPHIC.search(text) else Action("export", said.strip(" *"))
    return None


def _button_name(said: str) -> str:
    lowered = said[:1].lower() + said[1:]
    match = words.NAME.search(lowered) or words.NAME_ZH.search(simplified(said))
    if match is None:
        return said.strip(" *")
    spans = [match.span(group) for group, name in match.groupdict().items() if name]
    start, end = spans[0] if spans else (0, len(said))
    return said[start:end].strip(" *")


def _panel_name(said: str) -> str:
    match = words.PANEL_NAME.match(said) or words.PANEL_NAME_ZH.search(simplified(said))
    name = said[match.start("name") : match.end("name")] if match else said
    end = words.PANEL_END.match(name)
    return (end["name"] if end else name).replace("*", "").strip(' "“”‘’「」')


def _resolve(clauses: list[_Clause]) -> None:
    """Let what belongs to an instruction go with it: purposes, conditions, further steps."""
    goes = False
    for clause in clauses:
        if clause.role in (_Role.STEP, _Role.AFTER, _Role.BEFORE) and goes:
            clause.role = _Role.SCREEN
        goes = clause.role is _Role.SCREEN
    goes = False
    for clause in reversed(clauses):
        if clause.role in (_Role.STEP, _Role.BEFORE, _Role.AFTER) and goes:
            clause.role = _Role.SCREEN
        goes = clause.role is _Role.SCREEN


def _kept(sentence: str, clauses: Sequence[_Clause]) -> str:
    """Return the clauses that stay, as they were written, with the sentence's own end."""
    runs: list[tuple[int, int]] = []
    is_next = False
    for clause in clauses:
        stays = clause.role is not _Role.SCREEN
        if stays and is_next:
            runs[-1] = (runs[-1][0], clause.end)
        elif stays:
            runs.append((clause.start, clause.end))
        is_next = stays
    parts = [_JOINT.sub("", sentence[start:end].strip(_LOOSE_END)) for start, end in runs]
    comma = "，" if any(map(is_han, sentence)) else ", "
    text = comma.join(filter(None, parts))
    end = words.SENTENCE_END.search(sentence)
    is_open = not (words.SENTENCE_END.search(text) or words.ENDS_WITH_SIGN.search(text))
    return text + end.group() if text and end and is_open else text
