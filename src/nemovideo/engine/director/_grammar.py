"""A message read as an instruction: rule by rule, and what no rule understands is kept.

Some rules read the whole message (titles, lists of files, what must go), the rest read one clause
at a time. A clause that narrows its wish to a part ("the first photo"), that asks or forbids, is
left alone as a whole: half of such a wish would be another wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from nemovideo.engine.director import _vocabulary_en, _vocabulary_zh
from nemovideo.engine.director._model import (
    Instruction,
    MediaItem,
    MusicWish,
    OrderWish,
    TitleWish,
)
from nemovideo.engine.director._numbers import parse_number
from nemovideo.engine.director._scan import (
    DURATION,
    FILE,
    PERCENT,
    QUOTE,
    UNKNOWN_FILE,
    Scan,
    scan,
)
from nemovideo.engine.director._vocabulary import Pattern, compile_pattern

MIN_DURATION_MS = 1000
MAX_DURATION_MS = 3_600_000
MAX_TRANSITION_MS = 5000
MAX_CHARS = 8000
"""What is read of a message; an order of some 300 files fits."""
ANY_TRANSITION = "any"
LOUDER = 1.5
QUIETER = 0.6

_VOCABULARIES = (_vocabulary_en.VOCABULARY, _vocabulary_zh.VOCABULARY)
_FORBIDDEN = re.compile(r"(?:\b(?:don['’]?t|do not|never|not)|不要|别|不用)\s*$", re.ASCII)
_RATIO = compile_pattern("<R>")
_ANY_FILE = compile_pattern("(?:(?:use|with|add|play|put|用|加上?|配上?) ?)?<F>")
_USED_UP = "\ue00e"
_RUN = re.compile(r"\w|[\ue000-\ue00b]")
_GAP = re.compile(r"[\s'’\-]*")


def read_instruction(message: str, media: Sequence[MediaItem]) -> Instruction:
    """Read a message; nothing in it makes this fail."""
    reader = _Reader(scan(message[:MAX_CHARS], media), media)
    reader.read()
    instruction = reader.instruction()
    rest = message[MAX_CHARS:].strip()
    return replace(instruction, leftovers=(*instruction.leftovers, rest)) if rest else instruction


class _Reader:
    """The state of one reading."""

    def __init__(self, scanned: Scan, media: Sequence[MediaItem]) -> None:
        self._scan = scanned
        self._media = media
        self._found: dict[str, Any] = {}
        self._titles: list[TitleWish] = []
        self._orders: list[OrderWish] = []
        self._problems: list[str] = []
        self._leftovers: list[str] = []

    def read(self) -> None:
        self._read_said_music()
        self._read_music_files()
        self._read_orders()
        self._read_removals()
        self._read_titles()
        for start, end in self._clauses():
            self._read_clause(start, end)

    def instruction(self) -> Instruction:
        return Instruction(
            titles=tuple(self._titles),
            orders=tuple(self._orders),
            problems=tuple(dict.fromkeys(self._problems)),
            leftovers=tuple(dict.fromkeys(self._leftovers)),
            **self._found,
        )

    # The whole message

    def _read_said_music(self) -> None:
        """Read "Background music: …": every word after the colon is about the music."""
        for match in self._matches("music_said"):
            start, end = match.span("text")
            self._scan.take(match.start(), start)
            files = self._files(start, end, kinds=("audio", "video"))
            if files:
                self._set_music(MusicWish("file", media_ids=files))
                self._scan.take(start, end)
            elif re.match(r"\s*(?:none|no|off|无|没有|不要)\s*$", match["text"]):
                self._set_music(MusicWish("none"))
                self._scan.take(start, end)
            else:
                mood = self._take_moods(start, end)
                self._set_music(MusicWish("composed", mood=mood[0] if mood else None))

    def _read_music_files(self) -> None:
        for match in self._matches("music_file"):
            files = self._files(*match.span(), kinds=("audio", "video"))
            if files:
                self._set_music(MusicWish("file", media_ids=files))
            unknown = self._scan.values_in(*match.span(), UNKNOWN_FILE)
            unknown += self._scan.values_in(*match.span(), QUOTE)
            if unknown or not files:
                self._problems.append("music_file")
                self._leftovers += unknown
            self._scan.take(*match.span())

    def _read_orders(self) -> None:
        for rule, place, is_whole in (
            ("named_order", "start", True),
            ("put_first", "start", False),
            ("put_last", "end", False),
        ):
            for match in self._matches(rule):
                group = "files" if match["files"] else "files2"
                files = self._files(*match.span(group), kinds=("image", "video"))
                self._leftovers += self._scan.values_in(*match.span(group), UNKNOWN_FILE)
                if files or is_whole:
                    wish = OrderWish("named", files, "end" if place == "end" else "start")
                    self._orders.append(wish)
                    self._scan.take(*match.span())

    def _read_removals(self) -> None:
        for vocabulary in _VOCABULARIES:
            for pattern in vocabulary.without:
                for match in pattern.finditer(self._scan.marked):
                    words = match.group()
                    named = {name for name, thing in vocabulary.things if thing.search(words)}
                    if "music" in named:
                        self._set_music(MusicWish("none"))
                    if "title" in named:
                        self._found["removes_titles"] = True
                    if "transition" in named:
                        self._found["transition"] = "none"
                    self._scan.take(*match.span())

    def _read_titles(self) -> None:
        for vocabulary in _VOCABULARIES:
            for pattern in vocabulary.titles:
                for match in pattern.finditer(self._scan.marked):
                    if not _FORBIDDEN.search(self._scan.marked[: match.start()]):
                        self._read_title(match, vocabulary.at_the_end, vocabulary.not_a_title)

    def _read_title(self, match: re.Match[str], at_the_end: Pattern, not_a_title: Pattern) -> None:
        groups = match.groupdict()
        quotes = self._scan.values_in(*match.span(), QUOTE)
        if groups.get("text"):
            start, end = match.span("text")
            text = self._scan.message[start:end].strip(" \t\"'.")
            if not text or not_a_title.match(match["text"]):
                return
        else:
            text = quotes[-1]
        length = self._scan.values[match.start("length")] if groups.get("length") else None
        self._scan.take(*match.span())
        if not text:
            self._problems.append("title_text")
            return
        place = "end" if at_the_end.search(match.group()) else "start"
        self._titles.append(TitleWish(text, "end" if place == "end" else "start", length))

    # A clause

    def _clauses(self) -> list[tuple[int, int]]:
        ends = sorted(
            match.span()
            for vocabulary in _VOCABULARIES
            for match in vocabulary.clause_end.finditer(self._scan.marked)
        )
        clauses, start = [], 0
        for end, following in ends:
            if end >= start:
                clauses.append((start, end))
                start = following
        return [*clauses, (start, len(self._scan.marked))]

    def _read_clause(self, start: int, end: int) -> None:
        text = self._scan.marked[start:end]
        if any(vocabulary.not_done.search(text) for vocabulary in _VOCABULARIES):
            self._leave(start, end)
            return
        before = self._state()
        is_whole = self._apply_rules(start, end)
        rest = self._rest(start, end)
        if is_whole and not any(vocabulary.scope.search(rest) for vocabulary in _VOCABULARIES):
            self._leftovers += _runs(rest, self._scan.message[start:end])
            return
        self._restore(before)
        self._leave(start, end)

    def _state(self) -> tuple[str, dict[str, Any], list[OrderWish], list[str], list[str]]:
        return (
            self._scan.marked,
            dict(self._found),
            list(self._orders),
            list(self._problems),
            list(self._leftovers),
        )

    def _restore(
        self, state: tuple[str, dict[str, Any], list[OrderWish], list[str], list[str]]
    ) -> None:
        self._scan.marked, self._found, self._orders, self._problems, self._leftovers = state

    def _apply_rules(self, start: int, end: int) -> bool:
        """Read one clause; False when its wish concerns a moment or a part."""
        for match in self._matches("aside", start, end):
            self._leftovers.append(self._scan.message[match.start() : match.end()].strip())
            self._scan.take(*match.span())
        if any(True for _ in self._matches("new_cut", start, end)):
            self._found["is_new_cut"] = True
        if not self._read_lengths(start, end):
            return False
        for match in self._matches("adds_media", start, end):
            self._put(match, "adds_media", True)
        self._read_counts(start, end)
        self._read_volume(start, end)
        self._read_looks(start, end)
        self._read_music(start, end)
        for match in self._matches("new_cut", start, end):
            self._scan.take(*match.span())
        for match in self._matches("title_asked", start, end):
            self._problems.append("title_text")
            self._scan.take(*match.span())
        return True

    def _read_lengths(self, start: int, end: int) -> bool:
        for match in self._matches("per_photo", start, end):
            self._put(match, "photo_ms", self._duration(match))
        for match in self._matches("per_transition", start, end):
            if self._duration(match) <= MAX_TRANSITION_MS:
                self._put(match, "transition_ms", self._duration(match))
        for match in self._matches("longer", start, end):
            self._put(match, "duration_delta_ms", self._duration(match))
        for match in self._matches("shorter", start, end):
            self._put(match, "duration_delta_ms", -self._duration(match))
        if any(True for _ in self._matches("moment", start, end)):
            return False
        for match in self._matches("total", start, end):
            duration = self._duration(match)
            if MIN_DURATION_MS <= duration <= MAX_DURATION_MS:
                self._put(match, "duration_ms", duration)
            else:
                self._problems.append("duration_range")
                self._scan.take(*match.span())
        return True

    def _read_counts(self, start: int, end: int) -> None:
        for match in self._matches("counts", start, end):
            groups = match.groupdict()
            if groups.get("count") and not self._is_count_right(groups["count"], groups["kind"]):
                self._leftovers.append(self._scan.message[match.start() : match.end()].strip())
            self._scan.take(*match.span())

    def _is_count_right(self, number: str, kind: str) -> bool:
        if kind.startswith(("clip", "video", "视频", "片段")):
            kinds: tuple[str, ...] = ("video",)
        elif kind.startswith(("file", "media", "footage", "文件", "素材")):
            return True
        else:
            kinds = ("image",)
        return parse_number(number) == sum(item.kind in kinds for item in self._media)

    def _read_volume(self, start: int, end: int) -> None:
        for match in self._matches("volume_to", start, end):
            (value,) = self._scan.values_in(*match.span(), PERCENT)
            self._put(match, "music_volume", min(value, 100.0) / 100)
        for rule, gain in (("louder", LOUDER), ("quieter", QUIETER)):
            for match in self._matches(rule, start, end):
                self._put(match, "music_gain", gain)

    def _read_looks(self, start: int, end: int) -> None:
        for match in _RATIO.finditer(self._scan.marked, start, end):
            self._put(match, "aspect", self._scan.values[match.start()])
        for match, aspect in self._choices("aspects", start, end):
            self._put(match, "aspect", aspect)
        for vocabulary in _VOCABULARIES:
            for ordering, pattern in vocabulary.orders:
                for match in pattern.finditer(self._scan.marked, start, end):
                    self._orders.append(OrderWish(ordering))
                    self._scan.take(*match.span())
        for match, transition in self._choices("transitions", start, end):
            if transition or "transition" not in self._found:
                self._found["transition"] = transition or ANY_TRANSITION
            self._scan.take(*match.span())

    def _read_music(self, start: int, end: int) -> None:
        files = self._files(start, end, kinds=("audio",))
        if files:
            self._set_music(MusicWish("file", media_ids=files))
            for match in _ANY_FILE.finditer(self._scan.marked, start, end):
                if self._files(*match.span(), kinds=("audio",)):
                    self._scan.take(*match.span())
        others = list(self._matches("other_music", start, end))
        for match in others:
            self._scan.take(*match.span())
        nouns = list(self._matches("music", start, end))
        moods = self._take_moods(start, end, near=[match.start() for match in nouns])
        for match in nouns:
            self._scan.take(*match.span())
        if nouns or others:
            mood = moods[0] if moods else None
            self._set_music(MusicWish("composed", mood=mood, is_other=bool(others)))
        elif moods:
            self._found.setdefault("mood", moods[0])
            self._found["mood_words"] = (*self._found.get("mood_words", ()), *self._mood_words)

    def _take_moods(self, start: int, end: int, near: Sequence[int] = ()) -> list[str]:
        """Take the words for moods; the one nearest to the music comes first."""
        hits = list(self._choices("moods", start, end))
        if near:
            hits.sort(key=lambda hit: min(abs(hit[0].start() - spot) for spot in near))
        else:
            hits.sort(key=lambda hit: hit[0].start())
        spans = [match.span() for match, _ in hits]
        self._mood_words = [self._scan.message[left:right] for left, right in spans]
        for span in spans:
            self._scan.take(*span)
        return [mood for _, mood in hits]

    # Helpers

    def _matches(
        self, rule: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Find a rule of every language; what one match takes is no longer there for the next."""
        patterns: list[Pattern] = [getattr(vocabulary, rule) for vocabulary in _VOCABULARIES]
        end = len(self._scan.marked) if end is None else end
        while start < end:
            found = (pattern.search(self._scan.marked, start, end) for pattern in patterns)
            matches = [match for match in found if match]
            if not matches:
                return
            match = min(matches, key=lambda match: (match.start(), -match.end()))
            yield match
            start = max(match.end(), start + 1)

    def _choices(self, rule: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
        for vocabulary in _VOCABULARIES:
            for name, pattern in getattr(vocabulary, rule):
                for match in pattern.finditer(self._scan.marked, start, end):
                    yield match, name

    def _put(self, match: re.Match[str], name: str, value: object) -> None:
        self._found[name] = value
        self._scan.take(*match.span())

    def _set_music(self, wish: MusicWish) -> None:
        """Keep the more specific wish: music that is named, or not wanted, is not any music."""
        known: MusicWish | None = self._found.get("music")
        if known is None or known == MusicWish("composed"):
            self._found["music"] = wish

    def _duration(self, match: re.Match[str]) -> int:
        return int(self._scan.values_in(*match.span(), DURATION)[0])

    def _files(self, start: int, end: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the named files; a name that stands twice means two files."""
        ids: list[str] = []
        for name in self._scan.values_in(start, end, FILE):
            named = (item for item in self._media if item.name.lower() == name)
            ids += [item.id for item in named if item.kind in kinds and item.id not in ids][:1]
        return tuple(ids)

    def _rest(self, start: int, end: int) -> str:
        """Return a clause without the words that are used and those that say nothing."""
        rest = self._scan.marked[start:end]
        for vocabulary in _VOCABULARIES:
            rest = vocabulary.harmless.sub(lambda match: _USED_UP * len(match.group()), rest)
        return rest

    def _leave(self, start: int, end: int) -> None:
        text = self._scan.message[start:end].strip()
        if text:
            self._leftovers.append(text)


def _runs(rest: str, original: str) -> list[str]:
    """Return the words that are left, neighbours together, as they were written."""
    runs: list[tuple[int, int]] = []
    for match in _RUN.finditer(rest):
        if runs and _GAP.fullmatch(rest, runs[-1][1], match.start()):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return [original[start:end] for start, end in runs]
