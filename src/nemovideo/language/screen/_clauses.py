"""One sentence judged clause by clause: what tells the user to use the screen goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from nemovideo.language._chinese import is_han
from nemovideo.language._patterns import LazyPattern
from nemovideo.language.actions import Action
from nemovideo.language.screen import _rules as rules
from nemovideo.language.screen._names import action_of
from nemovideo.language.tokens import Token, tokenize

FOLDER = "screen"
_MAX_CHARS = 1000
_MARKUP = LazyPattern(
    r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’|(?<!\w)'[^']*'(?!\w)"
    r"|(?P<marked>`[^`]*`|\bhttps?://\S+|(?P<bold>\*{1,2})(?! )[^*:：]+(?<! )(?P=bold)"
    r"|\[[^\]]+\]|【[^】]+】)"
)
"""Quotes, and what is set apart by other signs."""
_MARKS = "*_>#(（-"
_STOPS = ".!?…。！？"
_CLOSERS = ")]}\"'”’»」』】*_"
_LOOSE_END = " \t,;:—–-，；：、"
_QUESTION = ("?", "？")


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


@dataclass
class _Clause:
    start: int
    end: int
    tokens: Sequence[Token]
    role: _Role = _Role.CONTENT
    action: Action | None = None


def judge(sentence: str, *, is_step: bool = False) -> Verdict:
    """Judge a sentence.

    Args:
        sentence: Without whitespace around it.
        is_step: Whether it stands in a list whose last item was an instruction.
    """
    if len(sentence) > _MAX_CHARS:
        return Verdict(sentence)
    said = unicodedata.normalize("NFC", sentence)
    tokens = screen_tokens(said)
    if said.endswith(_QUESTION) and any(token.has("offer") for token in tokens):
        return Verdict(sentence)
    clauses = _clauses(said, tokens)
    if not any(clause.role is _Role.SCREEN for clause in clauses):
        is_next = is_step and clauses[0].role in (_Role.STEP, _Role.BEFORE)
        return Verdict("" if is_next else sentence)
    _resolve(clauses)
    actions = tuple(clause.action for clause in clauses if clause.action is not None)
    return Verdict(_kept(said, clauses), actions)


def announces_steps(text: str) -> bool:
    """Return whether words announce steps at the screen: "To export:", "What's next?"."""
    bare = unicodedata.normalize("NFC", text).replace("*", " ").replace("_", " ")
    tokens = [token for token in screen_tokens(bare) if token.raw not in _MARKS]
    words = [token for token in tokens if token.kind != "punct"]
    if words and len(words) == 1 and words[0].has("whats-next"):
        return True
    colons = [at for at, token in enumerate(tokens) if token.raw in (":", "：")]
    if not words or colons != [len(tokens) - 1]:
        return False
    is_for = words[0].has("for-what") and len(words) > 1 and words[1].has("done-at-screen")
    return is_for or words[0].has("announces") or any(token.has("steps") for token in words)


def screen_tokens(text: str) -> list[Token]:
    """Cut a text in NFC into tokens; code, links and what is bold count as quoted."""
    return tokenize(_MARKUP.sub(_in_quotes, text), folder=FOLDER)[0]


def _in_quotes(match: re.Match[str]) -> str:
    marked = match["marked"]
    if marked is None:
        return match.group()
    margin = 2 if marked.startswith("**") else 1
    inner = marked[margin:-margin].replace('"', " ")
    return f'"{" " * (margin - 1)}{inner}{" " * (margin - 1)}"'


def _clauses(said: str, tokens: Sequence[Token]) -> list[_Clause]:
    clauses: list[_Clause] = []
    start, first = 0, 0
    for cut in _cuts(said, tokens):
        clause = _judged(_Clause(start, cut.end, tokens[first : cut.last]), said)
        clauses.append(clause)
        start, first = cut.start, cut.first
        is_quoting = clause.role is _Role.CONTENT and any(map(_is_spoken, clause.tokens))
        if cut.is_colon and is_quoting:
            clause.end = len(said)
            return clauses
    clauses.append(_judged(_Clause(start, len(said), tokens[first:]), said))
    return clauses


def _is_spoken(token: Token) -> bool:
    """Return whether what follows is heard or read in the video."""
    return token.has("spoken")


class _Cut(NamedTuple):
    """A place between two clauses: in the text, and among the tokens."""

    end: int
    start: int
    last: int
    first: int
    is_colon: bool = False


def _cuts(said: str, tokens: Sequence[Token]) -> Iterator[_Cut]:
    for at, token in enumerate(tokens):
        if token.kind == "punct":
            space = said[token.end : token.end + 1].isspace()
            if _is_emoji(token.raw):
                if space and said[token.end :].strip():
                    yield _Cut(token.end, token.end, at + 1, at + 1)
            elif _parts(said, token, space=space) or _opens_instruction(said, tokens, at):
                yield _Cut(token.start, token.end, at, at + 1, token.raw in ":：")
        elif at and token.has("joint") and _begins_clause(tokens, at):
            yield _Cut(token.start, token.start, at, at)


def _parts(said: str, token: Token, *, space: bool) -> bool:
    """Return whether a sign parts clauses; a dash does between spaces."""
    if token.raw in "，；：—":
        return True
    if token.raw in "–-":
        return said[: token.start].rstrip("–-").endswith(" ") and (
            space or said[token.end : token.end + 1] in ("-", "–")
        )
    return token.raw in ",;:" and space


def _opens_instruction(said: str, tokens: Sequence[Token], at: int) -> bool:
    """Return whether a bracket opens before an instruction, and closes with the sentence."""
    if tokens[at].raw not in "(（":
        return False
    inner = said[tokens[at].end :].rstrip(_STOPS)
    if not inner.endswith((")", "）")) or any(sign in inner[:-1] for sign in "()（）"):
        return False
    rest = tokens[at + 1 :]
    verb = rest[len(_leading(rest)) :]
    return bool(verb) and any(rule(verb) for _, rule in rules.RULES)


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    """Return whether an instruction begins behind a joint, or something else is spoken of."""
    rest = tokens[at + 1 :]
    is_new = bool(rest) and (rest[0].has("subject") or rules.film_at(rest, 0) is not None)
    if tokens[at].has("hanging") and is_new:
        return True
    links = list(takewhile(lambda token: token.has("link"), rest))
    verb = rest[len(links) :]
    if not verb:
        return False
    is_use = verb[0].has("use") and len(verb) > 1 and verb[1].has("own")
    return verb[0].has("begins-clause") or is_use or rules.is_control(verb)


def _is_sign(char: str) -> bool:
    """Return whether it is an arrow or an emoji."""
    return "\u2190" <= char <= "\u2bff" or _is_emoji(char)


def _is_emoji(char: str) -> bool:
    is_dingbat = "\u2600" <= char <= "\u27bf" or char == "\ufe0f"
    return is_dingbat or "\U0001f000" <= char <= "\U0001faff"


def _leading(tokens: Sequence[Token]) -> list[Token]:
    """Return what stands before the verb of an instruction and says nothing of its own."""
    leading: list[Token] = []
    for token in tokens:
        is_mark = token.kind == "punct" and (token.raw in _MARKS or _is_sign(token.raw))
        is_pause = token.kind == "punct" and token.raw in ",:" and leading
        if not (token.has("filler") or is_mark or is_pause):
            break
        leading.append(token)
    return leading


def _judged(clause: _Clause, said: str) -> _Clause:
    """Return a clause with its role."""
    tokens = list(clause.tokens)
    while tokens and tokens[-1].kind == "punct" and tokens[-1].raw in _STOPS + _CLOSERS:
        tokens.pop()
    leading = _leading(tokens)
    verb = tokens[len(leading) :]
    clause.role = _role(tokens, verb)
    if verb and (leading or not said.endswith(_QUESTION)):
        clause.action = action_of(verb, said)
    if clause.action is None and rules.points_at_export(tokens):
        clause.action = Action("export", said[tokens[0].start : tokens[-1].end])
    if clause.action is not None:
        clause.role = _Role.SCREEN
    return clause


def _role(tokens: Sequence[Token], verb: Sequence[Token]) -> _Role:
    if verb and rules.is_step(verb):
        return _Role.STEP
    has_joint = len(tokens) > 1 and tokens[0].has("joint")
    bare = tokens[1:] if has_joint else tokens
    if bare and bare[0].has("before"):
        return _Role.BEFORE
    is_hanging = len(tokens) == 1 and tokens[0].has("hanging")
    if not verb or is_hanging or bare[0].has("after") or rules.is_more_of_it(tokens):
        return _Role.AFTER
    return _Role.CONTENT


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


def _kept(said: str, clauses: Sequence[_Clause]) -> str:
    """Return the clauses that stay, as they were written, with the sentence's own end."""
    runs: list[tuple[int, int]] = []
    is_next = False
    for clause in clauses:
        stays = clause.role is not _Role.SCREEN
        if stays and is_next:
            runs[-1] = (runs[-1][0], clause.end)
        elif stays:
            has_joint = len(clause.tokens) > 1 and clause.tokens[0].has("joint")
            runs.append((clause.tokens[1].start if has_joint else clause.start, clause.end))
        is_next = stays
    comma = "，" if any(map(is_han, said)) else ", "
    parts = (said[start:end].strip(_LOOSE_END) for start, end in runs)
    text = comma.join(filter(None, parts))
    is_open = not (_end_of(text) or _is_sign(text[-1:] or " "))
    return text + _end_of(said) if text and is_open else text


def _end_of(text: str) -> str:
    """Return the signs with which a sentence ends, and the brackets and quotes behind them."""
    bare = text.rstrip(_CLOSERS)
    end = bare.rstrip(_STOPS)
    return text[len(end) :] if len(end) < len(bare) else ""
