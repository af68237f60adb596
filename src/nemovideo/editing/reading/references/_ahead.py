"""The tokens of a message, looked at ahead of the place that is read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from nemovideo.editing.reading.items import Ref, TextRef
from nemovideo.language.tokens import Token

NOUNS = ("photo", "clip", "one")
TEXT_NOUNS = ("title", "caption", "subtitle", "text")
_SAYING = (*NOUNS, "all", "each", "it", "new", "rest")
"""What is no mere filler, though it is one."""


class Ahead:
    """Tokens by place; behind the end there are none.

    Args:
        tokens: Of one message, with values read.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._nouns: dict[int, tuple[str, bool, int] | None] = {}

    def skip(self, at: int) -> int:
        """Return the place of the next token that is no mere filler."""
        while at < len(self.tokens) and _is_mere_filler(self.tokens[at].concepts):
            at += 1
        return at

    def get(self, at: int) -> Token | None:
        return self.tokens[at] if at < len(self.tokens) else None

    def has(self, at: int, *concepts: str) -> bool:
        return at < len(self.tokens) and self.tokens[at].has(*concepts)

    def has_comma(self, at: int) -> bool:
        """Return whether there is a comma."""
        return at < len(self.tokens) and self.tokens[at].values in (",", "，")

    def noun(self, at: int) -> tuple[str, bool, int] | None:
        """Read a noun, with words of measure before it; returns kind, whether plural, the end."""
        if at not in self._nouns:
            self._nouns[at] = self._noun(at)
        return self._nouns[at]

    def _noun(self, at: int) -> tuple[str, bool, int] | None:
        start, measured = at, ""
        if self.has(at, "measure"):
            measured = next(
                noun for noun in ("photo", "one") if noun == "one" or self.has(at, noun)
            )
            at += 1
        is_counted = at > 0 and self._counts(self.tokens[at - 1])
        at = self.skip(at)
        token = self.get(at)
        if token is not None and token.has("counted-photo") and is_counted:
            return "photo", token.has("plural"), at + 1  # "the last still"
        for noun in NOUNS:
            if token is not None and token.has(noun) and not token.has("first-of-all"):
                behind = self.get(at + 1)
                is_twofold = behind is not None and behind.glued and behind.has(noun)  # 视频片段
                return noun, token.has("plural"), at + 1 + is_twofold
        return (measured, False, start + 1) if measured else None

    def _counts(self, token: Token) -> bool:
        is_number = token.kind in ("ordinal", "number")
        return is_number or token.has("each", "all", "every-other")

    def is_number(self, at: int) -> bool:
        token = self.get(at)
        return token is not None and token.kind == "number" and not token.has("one")

    def may_be_number(self, at: int) -> bool:
        after = self.get(at + 1)
        return after is None or not after.has("times", "percent", "degrees", "steps")

    def is_verb(self, at: int) -> bool:
        """Return whether "last" means to stay."""
        token = self.tokens[at]
        before = self.tokens[at - 1] if at else None
        if not token.has("lasting") or before is None:
            return False
        following = self.skip(at + 1)
        if following >= len(self.tokens) or self.tokens[following].has("and", "then", "in"):
            return False  # "put the beach last"
        if self.tokens[following].kind == "punct":
            return False
        if any(concept.startswith("transition:") for concept in before.concepts):
            return True  # "make the crossfades last a second"
        return before.kind in ("number", "ordinal", "file", "text") or before.has(
            *NOUNS, *TEXT_NOUNS, "it", "video", "transition", "music", "each", "to", "filler-verb"
        )

    def starts_wish(self, after: int, other: Ref) -> bool:
        """Return whether what looks like the next of a list begins a wish of its own."""
        token = self.get(self.skip(after))
        if token is None or other.is_bare:
            return other.is_bare
        if self.has(after, "jointly"):
            return False  # "the lake and the beach both 6 seconds"
        if self.has(self.skip(after) + 1, "enclitic"):
            return True  # "borra el lago y la ciudad ponla al principio"
        return token.kind in ("duration", "clock", "percent", "factor") and not token.has("by")

    def goes_otherwise(self, end: int, after: int) -> bool:
        """Return whether "delete 3, 4 in sepia" is what it looks like: two wishes."""
        begin = end - 1
        while begin > 0 and self.tokens[begin - 1].kind != "punct":
            begin -= 1
        following = self.get(self.skip(after))
        is_said = any(token.has("remove", "out") for token in self.tokens[begin:end])
        is_more = following is not None and following.kind != "punct"
        return is_said and is_more and not self.has(self.skip(after), "and", "then", "remove")


@lru_cache(maxsize=4096)
def _is_mere_filler(concepts: frozenset[str]) -> bool:
    return "filler" in concepts and concepts.isdisjoint(_SAYING)


def text_reference(ahead: Ahead, at: int) -> tuple[TextRef, int] | None:
    """Read "the second title", "title 2", "all captions", "the title"."""
    token = ahead.get(at)
    if token is None:
        return None
    if token.has("measure") and not token.has("photo") and ahead.has(at + 1, *TEXT_NOUNS):
        return text_reference(ahead, at + 1)  # 那个标题
    number, start = None, at
    is_all = token.has("all", "each", "both")
    if is_all or token.kind == "ordinal":
        number = None if is_all else int(token.values)
        at = ahead.skip(at + 1)
        if ahead.has(at, "measure") and not ahead.has(at, "photo"):
            at = ahead.skip(at + 1)
    noun_token = ahead.get(at)
    if noun_token is None or not noun_token.has(*TEXT_NOUNS) or noun_token.kind == "text":
        return None
    style = next(noun for noun in TEXT_NOUNS if noun_token.has(noun))
    end = at + 1
    if style != "text" and ahead.has(end, "text") and ahead.tokens[end].kind == "word":
        end += 1  # "the title text"
    if start == at and ahead.has(end, "ordinal-mark"):
        end += 1
    following = ahead.get(end)
    is_numbered = following is not None and (
        following.kind == "ordinal" or (following.kind == "number" and ahead.may_be_number(end))
    )
    if start == at and is_numbered and following is not None:
        number, end = int(following.values), end + 1
    is_plural = is_all or noun_token.has("plural")
    return TextRef(style, number, is_plural, is_bare=number is None and not is_all), end
