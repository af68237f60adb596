"""What the editor says, in the language of the message; the sentences are in ``phrases.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

_MAX_WORDS = 6
_MAX_CHARS = 120
FALLBACK = "en"


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return all sentences by language and key."""
    return tomllib.loads((files("nemovideo.editing") / "phrases.toml").read_text("utf-8"))


class Speaker:
    """Says things in one language; English where it lacks a sentence.

    Args:
        language: An ISO code; only its first part counts.
    """

    def __init__(self, language: str) -> None:
        code = language.lower().partition("-")[0]
        self.language = code if code in phrases() else FALLBACK
        self._phrases = phrases()[self.language]
        self._gap = "" if self.language == "zh" else " "

    def say(self, key: str, /, **values: object) -> str:
        """Fill a sentence."""
        return self._phrases.get(key, phrases()[FALLBACK].get(key, key)).format(**values)

    def sentence(self, key: str, /, **values: object) -> str:
        """Fill a sentence that may stand alone: with a capital letter and an end."""
        text = self.say(key, **values)
        end = "。" if self.language == "zh" else "."
        text = text[:1].upper() + text[1:]
        return text if text.endswith((".", "。", "!", "?", "？", "！")) else text + end

    def join(self, sentences: Iterable[str]) -> str:
        """Put sentences one after the other."""
        return self._gap.join(filter(None, sentences))

    def quoted(self, words: Sequence[str]) -> str:
        """Name words as they were written."""
        shown = [self.say("quote", text=_short(word)) for word in words[:_MAX_WORDS]]
        return self.say("comma").join(shown + ["…"] * (len(words) > _MAX_WORDS))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_CHARS else line[: _MAX_CHARS - 1] + "…"
