"""What the user wants: to talk to the agent about the video, or something that the program does.

A keyword alone does not decide. A text is a command when *all* of its words belong to that
command: "export the video" has nothing beside export words, "make a video about export controls"
has. Whatever holds a foreign word goes to the agent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nemovideo.language._chinese import simplified
from nemovideo.language._commands import Command, Speech, speeches, unaccented
from nemovideo.language._paths import is_handing_over, is_only_paths, is_rooted, split_paths
from nemovideo.language._patterns import LazyPattern

_MAX_CHARS = 300
"""Commands are short; anything longer is a message."""
_OUTER_QUOTES = LazyPattern(r"[\"'“”‘’「」]([^\"'“”‘’「」]+)[\"'“”‘’「」]")
_QUOTED = LazyPattern(
    r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’|(?<![A-Za-z])'[^']*'(?![A-Za-z])"
)
_WORD = LazyPattern(r"[a-z0-9]+(?:[.:x'/-][a-z0-9]+)*|[\u3400-\u9fff]+|[^\W\d_]+|\x00")
_GLUED = LazyPattern(r"[\u3400-\u9fff]+(?=[A-Za-z0-9_-])")
_STRETCHED = LazyPattern(r"([a-z])\1{2,}")
_LONG, _RATHER_LONG = 7, 6
"""From these lengths on a wrong letter is forgiven: anywhere but first, and within."""
_FOREIGN = "\x00"
_TAKE_PATHS = ("upload", "export")
_IMPLIED_BY_PATHS = "upload"
"""A path that is rooted somewhere stands for its keyword."""


class Intent(StrEnum):
    """Where a text goes."""

    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"
    UPLOAD = "upload"
    MESSAGE = "message"


def classify_intent(text: str, *, languages: Iterable[Speech] | None = None) -> Intent:
    """Tell what a text wants.

    Args:
        text: What was said.
        languages: To read it in, one after the other; those of ``commands/*.toml`` if None.
    """
    plain = simplified(unicodedata.normalize("NFKC", text).strip())
    if not plain or len(plain) > _MAX_CHARS:
        return Intent.UPLOAD if plain and is_only_paths(plain) else Intent.MESSAGE
    if is_only_paths(plain) and not _is_glued_to_an_edit(plain):
        return Intent.UPLOAD
    whole = _OUTER_QUOTES.fullmatch(plain)
    paths, rest = split_paths(whole[1] if whole else plain)
    rest = _QUOTED.sub(f" {_FOREIGN} ", rest)
    hands_over = is_handing_over(rest) or any(map(is_rooted, paths))
    asked: frozenset[str] = frozenset()
    for speech in speeches() if languages is None else languages:
        intent = _Reader(speech, paths, hands_over, asked).intent(rest)
        if intent is not None:
            return intent
        asked |= speech.known
    return Intent.MESSAGE


def _is_glued_to_an_edit(text: str) -> bool:
    """Return whether a file's name follows words of editing without a space: "加入dog.jpg"."""
    words = _GLUED.match(text)
    return words is not None and any(one.editing.search(words.group()) for one in speeches())


@dataclass(frozen=True)
class _Reader:
    """Reads a text with the words of one language."""

    speech: Speech
    paths: list[str]
    """The files and addresses that the text names."""
    hands_over: bool
    """Whether it hands the files over, without a word for it."""
    elsewhere: frozenset[str]
    """Words of the languages that were asked before: no slips of words of this one."""

    def intent(self, text: str) -> Intent | None:
        """Return which command a text is; None when it is none."""
        return self._command_of(text, self.paths) or self._last_clause(text)

    def _command_of(self, text: str, paths: list[str]) -> Intent | None:
        words, commands = self._words(text), self.speech.commands
        possible = [name for name in commands if name in _TAKE_PATHS or not paths]
        fitting = (name for name in possible if self._is_command(words, name, paths))
        name = next(fitting, None) or self._plain_command_of(text, possible)
        return Intent(name) if name else None

    def _plain_command_of(self, text: str, names: Iterable[str]) -> str | None:
        folded = " ".join(self._expanded(text).rstrip(" .!?。！？~").split())
        if _FOREIGN in text or self.speech.editing.search(folded):
            return None
        plain = (name for name in names if self._is_plainly(folded, self.speech.commands[name]))
        return next(plain, None)

    def _last_clause(self, text: str) -> Intent | None:
        """Read what is said last, when all before it is mere chatter or the same command."""
        *before, last = [
            clause for clause in self.speech.clause_end.split(text) if clause.strip()
        ] or [""]
        if last == text:
            return None  # as it was asked already
        intent = self._command_of(self.speech.leading.sub("", last) if before else last, self.paths)
        for clause in before:
            is_mere_talk = set(self._words(clause)) <= self.speech.chatter or self._is_declined(
                clause
            )
            if not is_mere_talk and self._command_of(clause, []) != intent:
                return None
        return intent

    def _is_declined(self, clause: str) -> bool:
        """Return whether a clause only says what is not wanted: a command, or further changes."""
        words = set(self._words(clause))
        of_commands = (
            self.speech.declined | command.words for command in self.speech.commands.values()
        )
        return (
            bool(self.speech.declining.search(self._expanded(clause)))
            and not words.isdisjoint(self.speech.unwanted)
            and any(words <= fitting for fitting in of_commands)
        )

    def _words(self, text: str) -> list[str]:
        """Cut a text into words; what is quoted is one foreign word."""
        words: list[str] = []
        for match in _WORD.finditer(self._expanded(text)):
            word = match.group()
            words += self._cut_chinese(word) if "\u3400" <= word[0] <= "\u9fff" else [word]
        return [self._corrected(word, is_alone=len(words) == 1) for word in words]

    def _expanded(self, text: str) -> str:
        """Write "what's" as "what is", without capitals, accents, or a slash before a command."""
        text = unaccented(text.lower().replace("’", "'")).strip().removeprefix("/")
        return self.speech.shortened.sub(lambda match: self.speech.short[match.group()], text)

    def _cut_chinese(self, run: str) -> list[str]:
        """Cut Chinese into the longest known words; unknown characters stand for themselves."""
        words, start = [], 0
        while start < len(run):
            longest = max(
                (
                    run[start:end]
                    for end in range(start + 1, start + 6)
                    if run[start:end] in self.speech.unspaced
                ),
                key=len,
                default=run[start],
            )
            words.append(longest)
            start += len(longest)
        return words

    def _corrected(self, word: str, *, is_alone: bool) -> str:
        """Undo one slip of the fingers in a keyword: two letters swapped, one missing or doubled.

        In a long one that does not stand alone a wrong letter is forgiven too.
        """
        word = _STRETCHED.sub(r"\1", word)
        if word in self.speech.common or word in self.speech.real_words or not word.isascii():
            return word
        short = next((verb for verb in self.speech.forgiven if _is_swap(word, verb)), None)
        if short:
            return short
        if len(word) < 5 or word in self.elsewhere:
            return word
        keywords = self.speech.keywords
        if word in keywords or any(
            word in command.words for command in self.speech.commands.values()
        ):
            return word
        return next((key for key in keywords if _is_slip(word, key, is_alone=is_alone)), word)

    def _is_plainly(self, folded: str, command: Command) -> bool:
        match = next(filter(None, (one.search(folded) for one in command.plain)), None)
        if match is None:
            return False
        before = set(self._words(folded[: match.start()]))
        return before <= self.speech.chatter | command.words and not any(
            frame.search(folded) for frame in command.never
        )

    def _is_command(self, words: list[str], name: str, paths: list[str]) -> bool:
        command, joined = self.speech.commands[name], " ".join(words)
        # First what costs nothing: the patterns are compiled when they are asked.
        if not all(word in self.speech.common or word in command.words for word in words):
            return False
        is_said = (
            any(word in command.keywords for word in words)
            or any(frame.search(joined) for frame in command.says)
            or (name == _IMPLIED_BY_PATHS and bool(paths) and self.hands_over)
        )
        return is_said and not any(frame.search(joined) for frame in command.never)


def _is_slip(word: str, meant: str, *, is_alone: bool) -> bool:
    if len(word) == len(meant):
        wrong = sum(one != other for one, other in zip(word, meant, strict=True))
        is_framed = len(meant) >= _RATHER_LONG and word[-1] == meant[-1]
        is_near = wrong == 1 and word[0] == meant[0] and (is_framed or len(meant) >= _LONG)
        return (is_near and not is_alone) or _is_swap(word, meant)
    longer, shorter = sorted((word, meant), key=len, reverse=True)
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _is_swap(word: str, meant: str) -> bool:
    """Return whether two letters side by side have changed places."""
    if len(word) != len(meant):
        return False
    wrong = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return word[wrong[0]] == meant[wrong[1]] and word[wrong[1]] == meant[wrong[0]]
