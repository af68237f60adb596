"""The answer to the user: what was made or changed, and what could not be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nemovideo.engine.director._model import MediaItem
from nemovideo.engine.director._phrases import PHRASES, ReplyLanguage

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LETTER = re.compile(r"[A-Za-z]")
_QUOTED = re.compile(r"[“\"「『《‘][^”\"」』》’]*[”\"」』》’]")
_MAX_LEFTOVERS = 6
_MAX_WORDS = 120

Fact = tuple[str, Mapping[str, Any]]
"""A key of the phrases and what to put into it."""


def language_of(message: str, fallback: str) -> ReplyLanguage:
    """Return the language to answer in: that of the message outside its quotes."""
    spoken = _QUOTED.sub("", message)
    if _KANA_OR_HANGUL.search(spoken):
        return "en"
    if _HAN.search(spoken):
        return "zh"
    if _LETTER.search(spoken):
        return "en"
    return "zh" if fallback.lower().startswith("zh") else "en"


class Speaker:
    """Says things in one language."""

    def __init__(self, language: ReplyLanguage) -> None:
        self._phrases = PHRASES[language]
        self._sentence_gap = "" if language == "zh" else " "

    def say(self, key: str, /, **values: object) -> str:
        """Fill a phrase."""
        return self._phrases[key].format(**values)

    def fact(self, fact: Fact) -> str:
        """Say one fact; values that are phrases themselves are said, too."""
        key, values = fact
        if key == "music_composed":
            music = values["music"]
            tone = self.say(music["mode"], key=music["key"])
            return self.say(key, mood=self.say(music["mood"]), key=tone)
        if key == "transition":
            return self.say(values["name"])
        return self.say(key, **values)

    def sentences(self, sentences: Iterable[str]) -> str:
        """Join sentences."""
        return self._sentence_gap.join(filter(None, sentences))

    def parts(self, facts: Sequence[Fact]) -> str:
        """Say several facts in one sentence."""
        return self.say("comma").join(map(self.fact, facts))

    def material(self, items: Sequence[MediaItem]) -> str:
        """Say what a video is made of."""
        counts = Counter("clip" if item.kind == "video" else "photo" for item in items)
        said = [
            self.say(noun if counts[noun] == 1 else f"{noun}s", count=counts[noun])
            for noun in ("photo", "clip")
            if counts[noun]
        ]
        return self.say("and").join(said)

    def leftovers(self, words: Sequence[str]) -> str:
        """Name what was not understood; nothing when there is nothing."""
        if not words:
            return ""
        shown = [self.say("quote", text=_short(word)) for word in words[:_MAX_LEFTOVERS]]
        more = ["…"] if len(words) > _MAX_LEFTOVERS else []
        return self.say("leftovers", words=self.say("comma").join(shown + more))


def seconds(ms: int) -> str:
    """Write milliseconds as seconds, without zeros at the end."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _MAX_WORDS else folded[: _MAX_WORDS - 1] + "…"
