"""Words to show that nobody put in quotes: "add a title saying Hello World at the end". Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nemovideo.language.lexicon import normal_form
from nemovideo.language.tokens import Token

_NOUNS = ("title", "caption", "subtitle", "text")
_ANNOUNCING = (*_NOUNS, "saying", "title-it", "caption-it", "write")
_ENDS = ".!?;,。！？；，\n"
_MANNERS = ("place:", "size:")
_SO_FAR = 5
"""So many tokens before a colon may say that words follow."""
_TAILS = ("at", "in", "for", "on", "from", "with", "and", "no", "between")


def with_unquoted(
    tokens: Sequence[Token], shown: Collection[str] = (), names: Collection[str] = ()
) -> list[Token]:
    """Join words to one text where a message says that they are to be shown.

    Args:
        tokens: Of the message.
        shown: Words that are shown already; behind their noun they only name it.
        names: Words in names of files, normalised.
    """
    tokens = _with_shown(tokens, shown)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        start = _begin(tokens, at, shown)
        if start is None:
            found.append(tokens[at])
            at += 1
            continue
        is_whole = start and tokens[start - 1].values in (":", "：")
        end = _end(tokens, start, names, is_whole=bool(is_whole))
        if any(token.kind == "text" for token in tokens[start:end]):
            found.append(tokens[at])  # the words are quoted further on
            at += 1
            continue
        found += [token for token in tokens[at:start] if token.values not in (":", "：")]
        found.append(_joined(tokens[start:end]))
        at = end
    return found


def _with_shown(tokens: Sequence[Token], shown: Collection[str]) -> list[Token]:
    """Take words that are shown already, written just so, for what they are.

    Words that mean something in a wish are taken so only beside a noun for them: the title Summer.
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = next((e for label in shown if (e := _end_of(tokens, at, label))), None)
        if end is not None:
            is_strange = not all(token.is_known for token in tokens[at:end])
            is_behind = bool(found) and _is_noun(found[-1])
            is_strange = is_strange or (bool(found) and found[-1].has("instead-of"))
            is_before = end < len(tokens) and _is_noun(tokens[end])
            if is_strange or is_behind or is_before or _is_subject(tokens, end):
                found[len(found) - is_behind :] = []
                label = _joined(tokens[at:end])
                found.append(label._replace(concepts=frozenset(("shown",))))
                at = end + is_before
                continue
        found.append(tokens[at])
        at += 1
    return found


def _begin_of_clause(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].kind != "punct":
        at -= 1
    return at


def _is_noun(token: Token) -> bool:
    return token.has(*_NOUNS) and not token.has("caption-it", "saying")


def _is_subject(tokens: Sequence[Token], end: int) -> bool:
    """Return whether something is said of what stands before: "Summer can go", "… should stay"."""
    following = tokens[end] if end < len(tokens) else None
    return following is not None and following.has("filler-verb", "states", "lasting")


def _announces(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a colon behind a token announces words: "add below the title, small: …"."""
    before = tokens[max(0, at - _SO_FAR) : at + 1]
    return any(token.has("second-line", "saying", "write", "caption") for token in before)


def _end_of(tokens: Sequence[Token], at: int, label: str) -> int | None:
    """Return behind which token a label ends that begins at a token; None where it does not."""
    if not label or not label.startswith(tokens[at].raw) or tokens[at].kind == "text":
        return None
    for end in range(at + 1, len(tokens) + 1):
        text = _joined(tokens[at:end]).raw
        if text == label:
            return end
        if not label.startswith(text):
            return None
    return None


def _begin(tokens: Sequence[Token], at: int, shown: Collection[str]) -> int | None:
    """Return where words to show begin, right behind what announces them; None if nowhere."""
    token = tokens[at]
    if not token.has(*_ANNOUNCING):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.kind in ("text", "file"):
        return None
    if token.has("saying", "title-it", "caption-it"):
        clause = (one for one in tokens[_begin_of_clause(tokens, at) : at])
        is_told = any(one.has(*_NOUNS, "filler-verb", "make") for one in clause)
        if following.kind in ("percent", "duration", "factor") or not (
            is_told or not token.has("filler", "make")
        ):
            return None  # "warmer, say 30 %", "say hi to my mum"
        is_between = following.values in (":", "：") or following.has("enclitic")
        is_between = is_between or following.raw == " "  # 写上 千岛湖
        start = at + 2 if is_between else at + 1
        if start >= len(tokens) or tokens[start].kind in ("text", "file", "punct"):
            return None
        if tokens[start].has("on", "in", "at", "of") and not tokens[start].raw[:1].isupper():
            return None  # "the words on the first photo"
        if token.has("caption-it") and not token.has("saying", "title-it"):
            is_told = following.values in (":", "：") or not tokens[start].is_known
            return start if is_told else None
        if token.has(*_NOUNS) and tokens[start].is_known:
            return None
        return None if _is_reference(tokens, start) else start
    if token.has("write") and not token.has(*_NOUNS):
        return _written(tokens, at)
    if following.values in (":", "：") and _announces(tokens, at):
        return (
            at + 2 if at + 2 < len(tokens) and tokens[at + 2].kind not in ("text", "file") else None
        )
    if not token.has(*_NOUNS) or token.has("font"):
        return None
    if following.values in (":", "："):
        start = at + 2
        if start < len(tokens) and any(c.startswith(_MANNERS) for c in tokens[start].concepts):
            return None  # "the title: top left, in red"
        return start if start < len(tokens) and tokens[start].kind not in ("text", "file") else None
    leads = following.has("to", "by", "is-word") and at + 2 < len(tokens)
    if leads and (not tokens[at + 2].is_known or _is_capital(tokens, at + 2)):
        return at + 2 if tokens[at + 2].kind == "word" else None
    is_name = following.kind == "word" and not following.is_known and following.raw[:1].isupper()
    return at + 1 if is_name and following.raw not in shown else None


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a known word begins strange ones that are to be shown: "to Our Trip"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    is_strange = following is not None and following.kind == "word" and not following.is_known
    is_named = following is not None and any(t.raw[:1].isupper() for t in tokens[at + 1 : at + 3])
    return (is_strange or is_named) and tokens[at].raw[:1].isupper()


def _written(tokens: Sequence[Token], at: int) -> int | None:
    """Return where what is to be written begins: behind a colon, or with a strange capital."""
    for place in range(at + 1, len(tokens)):
        token = tokens[place]
        if token.values in (":", "："):
            return place + 1 if place + 1 < len(tokens) else None
        if token.kind in ("text", "file", "punct"):
            return None
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if place == at + 1 and following is not None:
            if token.kind == "number" and following.has("on", "at"):
                return place  # "write 2019 on the second photo"
            is_name = following.kind == "word" and not following.is_known
            if token.raw[:1].isupper() and is_name and following.raw[:1].isupper():
                return place  # "write Happy Birthday at the end"
        if token.kind == "word" and not token.is_known:
            is_place = tokens[place - 1].has("on", "for", "at", "in", "after", "before")
            return place if token.raw[:1].isupper() and not is_place else None
    return None


def _is_reference(tokens: Sequence[Token], at: int) -> bool:
    """Return whether what follows names words that are quoted further on, or file names."""
    while at + 1 < len(tokens) and tokens[at].has("filler") and tokens[at + 1].has("name", "date"):
        at += 1  # "the file name of every clip"
    token = tokens[at]
    return token.has("name", "it", "where-taken", "date", "question") or (
        token.has("filler") and at + 1 < len(tokens) and tokens[at + 1].kind in ("text", "file")
    )


def _end(tokens: Sequence[Token], start: int, names: Collection[str], *, is_whole: bool) -> int:
    """Return where they end: at a comma, or where a time or a place begins.

    Args:
        tokens: Of the message.
        start: Where they begin.
        names: Words in names of files.
        is_whole: Whether a colon announces them; then no joint ends them.
    """
    end = start
    while end < len(tokens) and not (tokens[end].kind == "punct" and tokens[end].values in _ENDS):
        if end > start and tokens[end].has("instead-of"):
            return end
        end += 1
    while end > start + 1 and tokens[end - 1].has("closing"):
        end -= 1
    for at in range(start + 1, start + 1 if is_whole else end):
        rest = tokens[at:end]
        is_told = all(token.is_known or normal_form(token.raw) in names for token in rest)
        is_place = any(concept.startswith("place:") for concept in tokens[at].concepts)
        is_phrase = len(rest) > 1 or (is_place and " " in tokens[at].raw)  # "at the bottom"
        if (is_place or tokens[at].has(*_TAILS)) and is_phrase and is_told:
            return at
    return end


def _joined(tokens: Sequence[Token]) -> Token:
    text = ""
    last = tokens[0].start
    for token in tokens:
        text += " " * (token.start > last) + token.raw
        last = token.end
    return Token("text", tokens[0].start, tokens[-1].end, values=text, is_known=True, raw=text)
