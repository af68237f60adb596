"""A text as tokens: concepts of a lexicon, numbers, quoted words, file names, unknown words. Pure.

Every token knows where it stands in the text, so that nothing that was said gets lost unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from nemovideo.language._chinese import is_han
from nemovideo.language._normal import normalized, written_out
from nemovideo.language.lexicon import EDITS, Lexicon, languages as shipped, lexicon_of, lexicons
from nemovideo.language.tokens._cutter import Cutter
from nemovideo.language.tokens._main_language import language_of
from nemovideo.language.tokens.token import Token

__all__ = ["MAX_CHARS", "Token", "tokenize"]

MAX_CHARS = 8000
"""What follows in a longer message is not read."""


def tokenize(
    text: str,
    *,
    names: Mapping[str, str] | None = None,
    neutral: Collection[str] = (),
    languages: Sequence[Lexicon] | None = None,
    folder: str = EDITS,
) -> tuple[list[Token], Lexicon]:
    """Cut a text into tokens.

    Args:
        text: What was said; beyond `MAX_CHARS` it is not read.
        names: What to look out for, whatever signs it holds, with the file that it names; empty
            where it is but a word.
        neutral: Words that tell nothing of the language, normalised: those in names of files.
        languages: To choose from; those that the package ships if None.
        folder: Of which kind these are.

    Returns:
        The tokens, and the lexicon of the language that the text is written in. Words of scripts
        without spaces are read beside it, since people mix them.
    """
    normal = normalized(text[:MAX_CHARS])
    letters = [char for char in set(normal.text) if char.isalpha()]
    is_unspaced = bool(letters) and all(map(is_han, letters))
    codes = shipped(is_unspaced=is_unspaced, folder=folder)
    likely = (lexicon_of(code, folder) for code in codes)  # each is read only if asked
    known = likely if languages is None else languages
    main = language_of(normal.text, known, neutral)
    if main.abbreviations:
        normal = written_out(normal, main.abbreviations)
    others: Sequence[Lexicon] = ()
    # Where scripts mix, their words are told apart by the script alone.
    if _mixes(set(normal.text)):
        others = [one for one in languages or lexicons(folder) if one is not main]
    return list(Cutter(normal, main, others, names or {}).tokens()), main


def _mixes(chars: Collection[str]) -> bool:
    return any(map(is_han, chars)) and any("a" <= char <= "z" for char in chars)
