"""Numbers with their units: lengths of time, clocks, percents, factors, ordinals, shapes. Pure.

`read_values` takes tokens and joins those that together are one value; the others stay. Words for
units, halves and so on come from the lexicon, so that every language is read alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nemovideo.language.tokens import Token

UNITS_MS = {"millisecond": 1, "second": 1000, "minute": 60_000, "hour": 3_600_000}
_SMALLER = {"hour": "minute", "minute": "second"}
_RATIO_SIDES = 32
"""A pair of numbers with a colon is a shape up to here, else a time."""


def read_values(tokens: Sequence[Token]) -> list[Token]:
    """Join tokens to values.

    Returns:
        The tokens, with these kinds beside those of `Token`: ``duration`` (ms), ``clock`` (ms),
        ``percent`` (0–100), ``factor``, ``ordinal`` (from 1, or from the end as -1, -2 …),
        ``ratio`` (width, height), ``resolution`` (pixels of the shorter side), ``fps``,
        ``degrees``, ``number``.
    """
    return _Joiner(_ordinals_first(tokens)).joined()


def _ordinals_first(tokens: Sequence[Token]) -> list[Token]:
    """Write "the three last seconds" as "the last three seconds"."""
    turned = list(tokens)
    for at, (number, ordinal, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        is_count = number.kind == "number" or number.value("number") is not None
        if is_count and ordinal.value("ordinal") in (1, -1) and unit.has(*UNITS_MS):
            turned[at] = replace(ordinal, start=number.start, end=number.end)
            turned[at + 1] = replace(number, start=ordinal.start, end=ordinal.end)
    return turned


class _Joiner:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def joined(self) -> list[Token]:
        found: list[Token] = []
        while self._at < len(self._tokens):
            start = self._at
            value = self._value() if _may_begin_value(self._tokens[start]) else None
            if value is None:
                self._at = start + 1
                found.append(self._tokens[start])
            else:
                found.append(value)
        return found

    # Looking ahead

    def _peek(self, offset: int = 0) -> Token | None:
        place = self._at + offset
        return self._tokens[place] if place < len(self._tokens) else None

    def _is(self, *concepts: str, offset: int = 0) -> bool:
        token = self._peek(offset)
        return token is not None and token.has(*concepts)

    def _made(self, start: int, kind: str, value: Any) -> Token:
        first, last = self._tokens[start], self._tokens[self._at - 1]
        raw = " ".join(token.raw for token in self._tokens[start : self._at])
        return replace(
            first,
            kind=kind,
            end=last.end,
            values=value,
            concepts=self._concepts(start, kind),
            is_known=True,
            raw=raw,
        )

    def _concepts(self, start: int, kind: str) -> frozenset[str]:
        if self._at == start + 1:
            return self._tokens[start].concepts
        return self._tokens[self._at - 1].concepts if kind == "factor" else frozenset()

    # Values

    def _value(self) -> Token | None:
        start = self._at
        for kind in ("ordinal", "percent", "duration", "pair", "color"):
            reader = getattr(self, f"_{kind}")
            value = reader()
            if value is not None:
                return self._made(start, *value)
            self._at = start
        number = self._plain_number()
        if number is None:
            self._at = start
            return self._factor()
        return self._made(start, *self._measured(number))

    def _factor(self) -> Token | None:
        token = self._peek()
        factor = None if token is None else token.value("factor")
        if factor is None or (self._is("half") and self._is("hour", offset=1)):
            return None
        assert token is not None
        self._at += 1
        return replace(token, kind="factor", values=float(factor))

    def _measured(self, number: float) -> tuple[str, Any]:
        """Read what is counted behind a number."""
        for concept, kind in (
            ("percent", "percent"),
            ("times", "factor"),
            ("fps", "fps"),
            ("degrees", "degrees"),
            ("lines", "resolution"),
        ):
            if self._is(concept):
                self._at += 1
                return kind, number
        if self._is("tenths") and self._tokens[self._at].glued and 0 <= number <= 10:
            self._at += 1
            half = self._is("half")  # 七成半
            self._at += half
            return "percent", number * 10 + 5 * half
        if self._is("kilo") and number in (2, 4, 8):
            self._at += 1
            return "resolution", {2: 1440.0, 4: 2160.0, 8: 4320.0}[int(number)]
        return "number", number

    def _plain_number(self) -> float | None:
        """Read digits or number words: ``25``, ``twenty five``, ``二十五``."""
        token = self._peek()
        if token is None:
            return None
        if token.kind == "number":
            self._at += 1
            scale = self._peek()
            if scale is not None and scale.value("scale") and scale.glued:
                self._at += 1
                return float(token.values) * float(scale.value("scale"))
            return float(token.values)
        total, current, seen = 0.0, 0.0, False
        while (token := self._peek()) is not None:
            number, scale_by = token.value("number"), token.value("scale")
            if isinstance(token.values, dict) and number is not None:
                if seen and current % 10 and not self._continues(number, current):
                    break
                current = self._appended(current, float(number), seen=seen)
            elif isinstance(token.values, dict) and scale_by is not None:
                total += (current or 1) * float(scale_by)
                current = 0.0
            elif not (seen and self._is("number-joint") and self._next_is_unit_number(current)):
                break
            seen = True
            self._at += 1
        return total + current if seen else None

    def _continues(self, number: float, current: float) -> bool:
        """Return whether a digit follows digits: ``一二三`` is one number, ``one two`` are two."""
        token = self._peek()
        return token is not None and token.glued and number < 10 and current < 1000

    def _appended(self, current: float, number: float, *, seen: bool) -> float:
        if not seen or current == 0:
            return number
        return current + number if current % 10 == 0 and number < 10 else current * 10 + number

    def _next_is_unit_number(self, current: float) -> bool:
        token = self._peek(1)
        number = None if token is None else token.value("number")
        return number is not None and number < 10 and current >= 20 and current % 10 == 0

    def _ordinal(self) -> tuple[str, Any] | None:
        token = self._peek()
        if token is None:
            return None
        before, after = self._peek(-1) if self._at else None, self._peek(1)
        named = token.value("ordinal") if isinstance(token.values, dict) else None
        if named is not None and not self._is_unit_here(token, before, after):
            self._at += 1
            return "ordinal", int(named)
        sign = -1 if token.has("from-end-mark") else 1
        if token.has("ordinal-mark", "from-end-mark"):
            self._at += 1
            number = self._plain_number()
            # 第五秒, "la 50 %"
            is_time = self._is(*UNITS_MS, "percent", "times", "fps", "degrees", "lines", "kilo")
            if number is None or number != int(number) or not 0 < number < 1e6 or is_time:
                return None
            return "ordinal", sign * int(number)
        if (
            token.kind == "number"
            and after is not None
            and after.glued
            and after.has("ordinal-end")
        ):
            self._at += 2
            return "ordinal", int(token.values)
        return None

    def _is_unit_here(self, token: Token, before: Token | None, after: Token | None) -> bool:
        """Return whether "second" is a unit: behind a number or a bare article."""
        if not token.has(*UNITS_MS):
            return False
        if after is not None and after.kind == "number":
            return True  # second 5
        if after is not None and after.has("long-word", "lengthen", "shorten"):
            return True  # "a full second long"
        if before is None:
            return False
        if before.value("ordinal") in (1, -1):
            return True  # "the first second"
        if before.kind == "number" or before.value("number") is not None:
            return not (after is not None and after.has("photo", "clip", "one", "title"))
        return before.has("half", "per", "one-article") and not (
            after is not None and after.has("photo", "clip", "one", "title", "half-not")
        )

    def _percent(self) -> tuple[str, Any] | None:
        if not self._is("percent-of"):
            return None
        self._at += 1
        number = self._plain_number()
        return None if number is None else ("percent", number)

    def _pair(self) -> tuple[str, Any] | None:
        token = self._peek()
        if token is None or token.kind != "pair":
            return None
        self._at += 1
        first, second, *rest = token.values
        if rest:
            return "clock", round(((first * 60 + second) * 60 + rest[0]) * 1000)
        has_zeros = (
            token.raw.split(":")[-1].split("：")[-1].startswith("0") or second > _RATIO_SIDES
        )
        unit = next((unit for unit in ("minute", "second") if self._is(unit)), None)
        is_shape = 0 < first <= _RATIO_SIDES and 0 < second <= _RATIO_SIDES and not has_zeros
        if is_shape and unit is None and (first, second) in _SHAPES:
            return "ratio", (first, second)
        if second >= 60:
            return "ratio", (first, second)
        if unit is not None:
            self._at += 1
        return "clock", round((first * 60 + second) * 1000)

    def _color(self) -> tuple[str, Any] | None:
        token = self._peek()
        if token is None or not isinstance(token.values, dict) or "color" not in token.values:
            return None
        if token.concepts:  # "orange" and the like mean one thing only; others are left to frames
            return None
        self._at += 1
        return "color", token.values["color"]

    def _duration(self) -> tuple[str, Any] | None:
        unit, number = self._unit_at(0), self._peek(1)
        is_behind = number is not None and number.kind == "number" and number.values >= 0
        if unit is not None and number is not None and is_behind and not self._unit_at(2):
            self._at += 2  # "second 5", "seconds 5 to 8"
            return "duration", round(number.values * UNITS_MS[unit])
        total, last_unit, parts = 0.0, None, 0
        while True:
            start = self._at
            if parts and (self._is("and") or self._is_comma()):
                self._at += 1
            part = self._part(last_unit)
            if part is None or (last_unit and not self._is_smaller(part[1], last_unit)):
                self._at = start
                break
            milliseconds, last_unit = part
            total += milliseconds
            parts += 1
            if last_unit == "done":
                break
        return ("duration", round(total)) if parts else None

    def _is_smaller(self, unit: str, than: str) -> bool:
        """Return whether a unit goes on with a length: minutes with seconds, not with minutes."""
        return unit == "done" or UNITS_MS[unit] < UNITS_MS[than]

    def _is_comma(self) -> bool:
        token = self._peek()
        return False if token is None else token.values == "," and token.kind == "punct"

    def _part(self, last_unit: str | None) -> tuple[float, str] | None:
        """Read one number with its unit: ``half a minute``, ``两分半``, ``1 minute 30``."""
        start = self._at
        halves = 0.0
        number: float | None = None
        if last_unit is None and self._unit_at(0) and self._is("and-a-half", offset=1):
            self._at += 2  # "minuto y medio"
            return 1.5 * UNITS_MS[self._unit_of(self._tokens[self._at - 2])], "done"
        if last_unit is None and self._unit_at(0) and self._is_behind_ordinal():
            number = 1.0  # "the last minute"
        elif self._is("half"):
            self._at += 1
            if self._is("one-article"):
                self._at += 1
            number = 0.5
        elif self._is("one-article") and self._is("filler", offset=1) and self._unit_at(2):
            self._at += 2  # "a full second"
            number = 1.0
        elif (self._is("one-article") and self._unit_at(1)) or (
            last_unit is None and self._is("per-one")
        ):
            self._at += 1
            number = 1.0
        else:
            number = self._plain_number()
            if number is not None and self._is("measure") and self._is("half", offset=1):
                self._at += 2
                halves = 0.5
            elif number is not None and (half := self._and_a_half()):
                self._at += half
                halves = 0.5
        if number is None:
            return None
        if self._is("measure") and self._unit_at(1):
            self._at += 1
        unit = self._unit_at(0)
        if unit is None:
            return self._bare_rest(start, number, last_unit)
        self._at += 1
        milliseconds = (number + halves) * UNITS_MS[unit]
        if half := self._and_a_half():
            self._at += half
            return milliseconds + UNITS_MS[unit] / 2, "done"
        if self._is("half") and self._tokens[self._at].glued:
            self._at += 1
            return milliseconds + UNITS_MS[unit] / 2, "done"
        return milliseconds, unit

    def _bare_rest(
        self, start: int, number: float, last_unit: str | None
    ) -> tuple[float, str] | None:
        """Read the 30 of "1 minute 30"."""
        follows = self._peek()
        is_alone = (
            follows is None
            or follows.kind == "punct"
            or (
                follows.is_known
                and follows.kind == "word"
                and not follows.has("photo", "clip", "percent")
            )
        )
        is_next = start > 0 and not self._tokens[start].has("and") and number >= 1
        if last_unit in _SMALLER and is_alone and is_next and not self._is_comma_before(start):
            return number * UNITS_MS[_SMALLER[last_unit]], "done"
        return None

    def _is_comma_before(self, start: int) -> bool:
        before = self._tokens[start - 1]
        return before.kind == "punct" or before.has("and")

    def _unit_at(self, offset: int) -> str | None:
        return next((unit for unit in UNITS_MS if self._is(unit, offset=offset)), None)

    def _is_behind_ordinal(self) -> bool:
        before = self._peek(-1) if self._at else None
        return before is not None and before.value("ordinal") in (1, -1)

    def _unit_of(self, token: Token) -> str:
        return next(unit for unit in UNITS_MS if token.has(unit))

    def _and_a_half(self) -> int:
        """Return how many tokens say "and a half" here."""
        if self._is("and-a-half"):
            return 1
        if self._is("and") and self._is("one-article", offset=1) and self._is("half", offset=2):
            return 3
        return 2 if self._is("and") and self._is("half", offset=1) else 0


_SHAPES = {
    (16, 9),
    (9, 16),
    (1, 1),
    (4, 5),
    (21, 9),
    (4, 3),
    (3, 4),
    (5, 4),
    (3, 2),
    (2, 3),
    (2, 1),
    (1, 2),
    (9, 21),
    (32, 9),
    (16, 10),
    (10, 16),
    (9, 19),
    (9, 20),
    (18, 9),
    (9, 18),
    (5, 3),
    (3, 5),
}
"""Shapes that are usual; "2:30" is a time."""


def _may_begin_value(token: Token) -> bool:
    """Return whether a token means anything: signs, unknown and quoted words begin no value."""
    has_values = isinstance(token.values, dict) and bool(token.values)
    return bool(token.concepts) or has_values or token.kind in ("number", "pair")
