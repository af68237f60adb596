"""What begins with digits: a number, a clock, a ratio, a size, a colour. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from nemovideo.language.tokens._signs import run_of

_DIGITS = "0123456789"


class Digits(NamedTuple):
    """What was read of a text, and where it ends there."""

    kind: str
    value: Any
    end: int


def read_digits(text: str, at: int, *, has_decimal_comma: bool) -> Digits | None:
    """Read digits, with their sign, and what belongs to them.

    Args:
        text: A normalised text.
        at: Where they may begin.
        has_decimal_comma: Whether a comma separates fractions in the language of the text.
    """
    if text[at] == "#" and len(digits := run_of("0123456789abcdef", text, at + 1)) == 6:
        return Digits("color", f"#{digits}", at + 7)
    if text[at] in "x×" and not text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isdigit():
        return _times(text, at + 1)
    sign = at + 1 if text[at] in "-+" and not text[at - 1 : at].isalnum() else at
    first = run_of(_DIGITS, text, sign)
    if not first:
        return None
    end = sign + len(first)
    if text[end : end + 1] in (":", "：", "x", "×", "*", "/") and sign == at:
        second = run_of(_DIGITS, text, end + 1)
        if second and text[end] in ":：":
            return _pair(text, first, second, end + 1 + len(second))
        if second and text[end] in "x×*" and not text[end + 1 + len(second) :][:1].isalpha():
            return Digits("size", (int(first[:9]), int(second[:9])), end + 1 + len(second))
    tail = run_of(_DIGITS, text, end + 1) if text[end : end + 1] in (".", ",") else ""
    is_list = text[end : end + 1] == "," and (
        not has_decimal_comma or "," in (text[at - 1 : at], text[end + 1 + len(tail) :][:1])
    )
    if tail and not is_list and (text[end] == "." or len(tail) < 3):
        first, end = f"{first}.{tail}", end + 1 + len(tail)
    value = float(first[:300]) * (-1 if text[at] == "-" else 1)
    return Digits("change" if text[at] == "+" else "number", value, end)


def _times(text: str, at: int) -> Digits | None:
    """Read a factor whose sign stands before it: ``x2``; ``x264`` is none."""
    whole = run_of(_DIGITS, text, at)
    tail = run_of(_DIGITS, text, at + len(whole) + 1) if text[at + len(whole) :][:1] == "." else ""
    end = at + len(whole) + (len(tail) + 1 if tail else 0)
    if len(whole) > 2 or text[end : end + 1].isalnum():
        return None
    return Digits("factor", float(text[at:end]), end)


def _pair(text: str, first: str, second: str, end: int) -> Digits:
    """Read what is behind two numbers with a colon: a third one, or a fraction."""
    third = run_of(_DIGITS, text, end + 1) if text[end : end + 1] == ":" else ""
    numbers: list[float] = [int(part[:9]) for part in (first, second, third) if part]
    end += len(third) + 1 if third else 0
    tail = run_of(_DIGITS, text, end + 1) if text[end : end + 1] == "." else ""
    if tail and not third:
        numbers[1:] = [numbers[1] + float(f"0.{tail[:3]}")]
        end += len(tail) + 1
    return Digits("pair", tuple(numbers), end)
