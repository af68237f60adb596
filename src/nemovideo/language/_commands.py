"""What the program does itself, told from tokens: rules of meaning, small functions each. Pure.

The words stand in ``commands/*.toml``, one lexicon a language: concepts that name a command, that
may stand beside one, or that say what is meant. No word of any language stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from nemovideo.language.tokens import Token

COMMANDS = ("credits", "upload", "export", "state")
"""In this order one is taken when two fit."""
_SIZES = (2, 4, 8, 24, 25, 30, 48, 50, 60, 480, 720, 1080, 1440, 2160)
"""Numbers with which the size of a video and its frame rate are named."""

Tokens = Sequence[Token]


def fits(token: Token, command: str) -> bool:
    """Return whether a word may stand beside a command; what is quoted fits none."""
    if token.kind == "number":
        return command == "upload" or (command == "export" and token.values in _SIZES)
    return token.has("small", command, f"{command}-word")


def is_said(tokens: Tokens, command: str) -> bool:
    """Return whether words that all fit a command say it, by name or in another way."""
    is_named = any(token.has(command) for token in tokens)
    if not is_named and not any(rule(tokens) for rule in _SAYS.get(command, ())):
        return False
    return not any(rule(tokens) for rule in _NEVER.get(command, ()))


def _asks_what_became(tokens: Tokens) -> bool:
    """Return whether it is asked what became of work: "did I upload", "has the export finished"."""
    for at, token in enumerate(tokens[:-1]):
        if token.has("asks-past") and not (at and tokens[at - 1].has("past-of")):
            is_asked = tokens[at + 1].has("past-of")
            if is_asked and any(later.has("done-work") for later in tokens[at + 1 :]):
                return True
    return any(
        token.has("asks-past") and after.has("done-work")
        for token, after in pairwise(tokens)
        if not after.has("export", "upload")
    )


def _asks_for_the_film(tokens: Tokens) -> bool:
    """Return whether the film itself is asked for: "send me the final video"."""
    for at, token in enumerate(tokens):
        if token.has("where-is") and film_at(tokens, at + 1) is not None:
            return True
        if token.has("give"):
            at += 1
            while at < len(tokens) and tokens[at].has("receiver"):
                at += 1
            if film_at(tokens, at) is not None:
                return not any(token.has("platform") for token in tokens)
    return False


def film_at(tokens: Tokens, at: int) -> int | None:
    """Return the end of "the final video" at a place; None where it is not."""
    if at >= len(tokens) or not tokens[at].has("own"):
        return None
    at += 1
    while at < len(tokens) and tokens[at].has("finished"):
        at += 1
    return at + 1 if at < len(tokens) and tokens[at].has("film") else None


def _hands_it_over(tokens: Tokens) -> bool:
    """Return whether it is to be handed over: "send it to me"."""
    for at, token in enumerate(tokens[:-1]):
        if token.has("hand-over") and tokens[at + 1].has("it"):
            behind = tokens[at + 2 :]
            return not behind or any(after.has("receiver") for after in behind)
    return False


def _gives_a_film(tokens: Tokens) -> bool:
    """Return whether giving and a film are named, in a language that puts them anywhere."""
    return any(token.has("give-loose") for token in tokens) and any(
        token.has("film") for token in tokens
    )


def _names_another_film(tokens: Tokens) -> bool:
    """Return whether some film is meant and not this one: "a video", "another short film"."""
    for at, token in enumerate(tokens):
        if token.has("other-film"):
            return True
        near = tokens[at + 1 : at + 3]
        if token.has("any-one") and any(after.has("film-kind") for after in near):
            return True
    return False


def _asks_what_is_left(tokens: Tokens) -> bool:
    has_account = any(token.has("account") for token in tokens)
    return has_account and any(token.has("how-many") for token in tokens)


def _attaches_to_another(tokens: Tokens) -> bool:
    """Return whether one thing is put to another: "attach clip two to clip one"."""
    places = [at for at, token in enumerate(tokens) if token.has("puts-to")]
    if not places:
        return False
    behind = [at for at, token in enumerate(tokens) if token.has("to") and at > places[0]]
    return bool(behind) and any(token.has("media") for token in tokens[behind[0] :])


def _asks_how_it_goes(tokens: Tokens) -> bool:
    """Return whether it is asked how far the film or the project is."""
    for at, token in enumerate(tokens):
        behind = tokens[at + 1 :]
        if token.has("film") and any(after.has("become") for after in behind):
            return True
        if token.has("project") and any(after.has("how") for after in behind):
            return True
    return False


_Rule = Callable[[Tokens], bool]
_SAYS: dict[str, tuple[_Rule, ...]] = {
    "credits": (_asks_what_is_left,),
    "export": (_asks_for_the_film, _hands_it_over, _gives_a_film),
    "state": (_asks_what_became, _asks_how_it_goes),
}
"""What says a command without naming it."""
_NEVER: dict[str, tuple[_Rule, ...]] = {
    "upload": (_asks_what_became, _attaches_to_another),
    "export": (_asks_what_became, _names_another_film),
}
"""What means something else although all words fit."""
