"""What the user wants: to talk to the agent about the video, or something that the program does.

A keyword alone does not decide. A text is a command when *all* of its words belong to that
command: "export the video" has nothing beside export words, "make a video about export controls"
has. Whatever holds a foreign word goes to the agent.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from nemovideo.language._chinese import simplified
from nemovideo.language._paths import is_only_paths, is_rooted, split_paths
from nemovideo.language._patterns import LazyPattern
from nemovideo.language._words import (
    CHATTER,
    CHINESE,
    COMMANDS,
    COMMON,
    CONTRACTIONS,
    DECLINED,
    DECLINING,
    EDITING,
    FORGIVEN_SHORT,
    LEADING,
    REAL_WORDS,
    Command,
)

_MAX_CHARS = 300
"""Commands are short; anything longer is a message."""
_OUTER_QUOTES = LazyPattern(r"[\"'“”‘’「」]([^\"'“”‘’「」]+)[\"'“”‘’「」]")
_QUOTED = LazyPattern(
    r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’|(?<![A-Za-z])'[^']*'(?![A-Za-z])"
)
_WORD = LazyPattern(r"[a-z0-9]+(?:[.:x'/-][a-z0-9]+)*|[\u3400-\u9fff]+|[^\W\d_]+|\x00")
_HAN = LazyPattern(r"[\u3400-\u9fff]")
_CLAUSE_END = LazyPattern(
    r"[,.!;?](?:\s|$)| (?:and|then|so|but) |[，。！；？、,!;?](?=[\u3400-\u9fff])|[。！；？]"
)
_STRETCHED = LazyPattern(r"([a-z])\1{2,}")
_LONG = 7
_FOREIGN = "\x00"
_SHORT = LazyPattern(rf"(?<![\w'-])(?:{'|'.join(CONTRACTIONS)})(?![\w'-])")


class Intent(StrEnum):
    """Where a text goes."""

    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"
    UPLOAD = "upload"
    MESSAGE = "message"


def classify_intent(text: str) -> Intent:
    """Tell what a text wants; English, Chinese or both mixed."""
    plain = simplified(unicodedata.normalize("NFKC", text).strip())
    if not plain or len(plain) > _MAX_CHARS:
        return Intent.UPLOAD if plain and is_only_paths(plain) else Intent.MESSAGE
    if is_only_paths(plain):
        return Intent.UPLOAD
    whole = _OUTER_QUOTES.fullmatch(plain)
    paths, rest = split_paths(whole[1] if whole else plain)
    rest = _QUOTED.sub(f" {_FOREIGN} ", rest)
    return _command_of(rest, paths) or _last_clause(rest, paths) or Intent.MESSAGE


def _command_of(text: str, paths: list[str]) -> Intent | None:
    words = _words(text)
    fitting = (name for name, command in COMMANDS.items() if _is_command(words, command, paths))
    plain = (name for name, command in COMMANDS.items() if _is_plainly(text, command, paths))
    name = next(fitting, None) or next(plain, None)
    return Intent(name) if name else None


def _last_clause(text: str, paths: list[str]) -> Intent | None:
    """Read what is said last, when all before it is mere chatter or the same command."""
    *before, last = [clause for clause in _CLAUSE_END.split(text) if clause.strip()] or [""]
    intent = _command_of(LEADING.sub("", last) if before else last, paths)
    for clause in before:
        is_mere_talk = set(_words(clause)) <= CHATTER or _is_declined(clause)
        if not is_mere_talk and _command_of(clause, []) != intent:
            return None
    return intent


def _is_declined(clause: str) -> bool:
    """Return whether a clause only says what is not wanted: a command, or further changes."""
    words = _words(clause)
    of_commands = (DECLINED | CHATTER | command.words for command in COMMANDS.values())
    return bool(DECLINING.search(_expanded(clause))) and any(
        set(words) <= fitting for fitting in of_commands
    )


def _words(text: str) -> list[str]:
    """Cut a text into words; what is quoted is one foreign word."""
    words: list[str] = []
    for match in _WORD.finditer(_expanded(text)):
        word = match.group()
        words += _cut_chinese(word) if _HAN.match(word) else [word]
    return [_corrected(word, is_alone=len(words) == 1) for word in words]


def _expanded(text: str) -> str:
    """Write "what's" as "what is", in lower case; a slash before a command goes."""
    text = text.lower().replace("’", "'").strip().removeprefix("/")
    return _SHORT.sub(lambda match: CONTRACTIONS[match.group()], text)


def _cut_chinese(run: str) -> list[str]:
    """Cut Chinese into the longest known words; unknown characters stand for themselves."""
    words, start = [], 0
    while start < len(run):
        longest = max(
            (run[start:end] for end in range(start + 1, start + 6) if run[start:end] in CHINESE),
            key=len,
            default=run[start],
        )
        words.append(longest)
        start += len(longest)
    return words


def _corrected(word: str, *, is_alone: bool) -> str:
    """Undo one slip of the fingers in a keyword: two letters swapped, one missing or doubled.

    In a long one that does not stand alone a wrong letter is forgiven too.
    """
    word = _STRETCHED.sub(r"\1", word)
    if word in COMMON or word in REAL_WORDS or not word.isascii():
        return word
    short = next((verb for verb in sorted(FORGIVEN_SHORT) if _is_swap(word, verb)), None)
    if short:
        return short
    if len(word) < 5:
        return word
    keywords = {key for command in COMMANDS.values() for key in command.keywords if len(key) >= 6}
    if word in keywords or any(word in command.words for command in COMMANDS.values()):
        return word
    return next((key for key in sorted(keywords) if _is_slip(word, key, is_alone=is_alone)), word)


def _is_slip(word: str, meant: str, *, is_alone: bool) -> bool:
    if len(word) == len(meant):
        wrong = sum(one != other for one, other in zip(word, meant, strict=True))
        is_near = wrong == 1 and len(meant) >= _LONG and word[0] == meant[0] and not is_alone
        return is_near or _is_swap(word, meant)
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


def _is_plainly(text: str, command: Command, paths: list[str]) -> bool:
    if command.plain is None or (paths and not command.takes_paths):
        return False
    folded = " ".join(_expanded(text).rstrip(" .!?。！？~").split())
    match = command.plain.search(folded)
    if match is None or _FOREIGN in text or EDITING.search(folded):
        return False
    before = set(_words(folded[: match.start()]))
    return before <= CHATTER | command.words and not any(
        frame.search(folded) for frame in command.never
    )


def _is_command(words: list[str], command: Command, paths: list[str]) -> bool:
    joined = " ".join(words)
    has_keyword = any(word in command.keywords for word in words) or any(
        frame.search(joined) for frame in command.frames
    )
    if paths and not command.takes_paths:
        return False
    if not has_keyword and not (command.is_implied_by_paths and any(map(is_rooted, paths))):
        return False
    if any(frame.search(joined) for frame in command.never):
        return False
    return all(word in COMMON or word in command.words for word in words)
