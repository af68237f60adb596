"""What the user wants: to talk to the agent about the video, or something that the program does.

A keyword alone does not decide. A text is a command when *all* of its words belong to that
command: "export the video" has nothing beside export words, "make a video about export controls"
has. Whatever holds a foreign word goes to the agent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from nemovideo.language._chinese import is_han
from nemovideo.language._commands import COMMANDS, Tokens, fits, is_said
from nemovideo.language._normal import normal_form
from nemovideo.language._paths import is_handing_over, is_only_paths, is_rooted, split_paths
from nemovideo.language._plainly import names_an_edit, plain_command_of
from nemovideo.language.lexicon import Lexicon
from nemovideo.language.tokens import Token, tokenize

_FOLDER = "commands"
_MAX_CHARS = 300
"""Commands are short; anything longer is a message."""
_QUOTES = "\"'“”‘’「」"
_ENDS = ",.!;?，。！；？、"
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


def classify_intent(text: str, *, languages: Sequence[Lexicon] | None = None) -> Intent:
    """Return what a text wants.

    Args:
        text: What was said.
        languages: Lexicons of commands to choose from; those of ``commands/*.toml`` if None.
    """
    plain = text.strip()
    if not plain or len(plain) > _MAX_CHARS:
        return Intent.UPLOAD if plain and is_only_paths(plain) else Intent.MESSAGE
    if is_only_paths(plain) and not _is_glued_to_an_edit(plain):
        return Intent.UPLOAD
    paths, rest = split_paths(_unquoted(plain))
    tokens, lexicon = tokenize(rest, languages=languages, folder=_FOLDER)
    hands_over = is_handing_over(rest) or any(map(is_rooted, paths))
    return _Reader(_without_lone_slip(tokens, lexicon), bool(paths), hands_over).intent()


def purpose_of(text: str) -> str | None:
    """Return where a video is to go, of those that the lexicons name: ``whatsapp``, ``reel`` …."""
    tokens, _ = tokenize(text[:_MAX_CHARS], folder=_FOLDER)
    named = (concept for token in tokens for concept in sorted(token.concepts))
    prefix = "purpose:"
    return next((c.removeprefix(prefix) for c in named if c.startswith(prefix)), None)


def _unquoted(text: str) -> str:
    """Return what stands within quotes around the whole of a text, or else the text."""
    inner = text[1:-1]
    is_quoted = len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES
    return inner if is_quoted and not set(inner) & set(_QUOTES) else text


def _without_lone_slip(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Take a word that stands alone, a letter away from a known one, for another word."""
    words = [token for token in tokens if token.kind != "punct"]
    if len(words) != 1 or words[0].kind != "word" or not words[0].is_known:
        return tokens
    written = normal_form(words[0].raw)
    meant = written if lexicon.knows(written) else lexicon.forgive(written)
    is_other = meant is not None and len(meant) == len(written) and sorted(meant) != sorted(written)
    return [words[0]._replace(concepts=frozenset(), is_known=False)] if is_other else tokens


def _is_glued_to_an_edit(text: str) -> bool:
    """Return whether a file's name follows words of editing without a space: "加入dog.jpg"."""
    glued = "".join(takewhile(is_han, text))
    behind = text[len(glued) : len(glued) + 1]
    is_name = behind.isascii() and (behind.isalnum() or behind in ("_", "-"))
    return bool(glued) and bool(behind) and is_name and names_an_edit(glued)


@dataclass(frozen=True)
class _Reader:
    """Reads the tokens of one text."""

    tokens: list[Token]
    has_paths: bool
    """Whether the text names files or addresses."""
    hands_over: bool
    """Whether it hands the files over, without a word for it."""

    def intent(self) -> Intent:
        """Return which command the text is, or that it is a message."""
        name = self._command_of(self.tokens) or self._last_clause()
        return Intent(name) if name else Intent.MESSAGE

    def _command_of(self, tokens: Tokens, *, has_paths: bool | None = None) -> str | None:
        words = [token for token in tokens if token.kind != "punct"]
        has_paths = self.has_paths if has_paths is None else has_paths
        names = _TAKE_PATHS if has_paths else COMMANDS
        for name in names:
            if not all(fits(token, name) for token in words):
                continue
            is_implied = name == _IMPLIED_BY_PATHS and has_paths and self.hands_over
            if is_implied or is_said(words, name):
                return name
        return plain_command_of(words, names)

    def _last_clause(self) -> str | None:
        """Read what is said last, when all before it is mere chatter or the same command."""
        *before, last = _clauses(self.tokens) or [[]]
        if not before:
            return None
        name = self._command_of(_without_leading(last))
        for clause in before:
            is_mere_talk = all(map(_is_chatter, clause)) or _is_declined(clause)
            if not is_mere_talk and self._command_of(clause, has_paths=False) != name:
                return None
        return name


def _clauses(tokens: Tokens) -> list[list[Token]]:
    """Cut a text at signs that end a clause, and at words that join two."""
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        if token.has("joint") or (token.kind == "punct" and token.values in _ENDS):
            clauses.append([])
        elif token.kind != "punct":
            clauses[-1].append(token)
    return [clause for clause in clauses if clause]


def _without_leading(clause: list[Token]) -> list[Token]:
    """Drop what says that this is to be done before anything else."""
    start, end = 0, len(clause)
    while start < end and clause[start].has("leading"):
        start += 1
    while end > start and clause[end - 1].has("leading"):
        end -= 1
    return clause[start:end]


def _is_chatter(token: Token) -> bool:
    return token.has("small", "chatter")


def _is_declined(clause: Sequence[Token]) -> bool:
    """Return whether a clause only says what is not wanted: a command, or further changes."""
    start = next((at for at, token in enumerate(clause) if token.has("decline")), None)
    begins = start is not None and all(token.has("small") for token in clause[:start])
    if not begins and not clause[-1].has("decline-end"):
        return False
    if any(token.has("sound") for token in clause):
        return False
    names_what = any(token.has("unwanted", *COMMANDS) for token in clause)
    return names_what and any(
        all(
            _is_chatter(token) or token.has("unwanted", "declined", "decline") or fits(token, name)
            for token in clause
        )
        for name in COMMANDS
    )
