"""Backend talk about a screen, turned into text about the video and actions of this program.

The backend speaks as if the user had buttons and panels. A clause that tells the user to use the
screen goes, and its action is named; everything else stays word for word, with its line breaks,
numbers, quotes, code and links.
"""

from __future__ import annotations

from collections.abc import Iterable

from nemovideo.language.actions import Action, Translation
from nemovideo.language.screen._clauses import announces_steps, judge
from nemovideo.language.screen._sentences import Piece, PieceKind, Splitter


def translate_gui(text: str) -> Translation:
    """Translate a whole text."""
    translator = GuiTranslator()
    translator.feed(text)
    return translator.finish()


def _has_words(sentence: str) -> bool:
    return any(char.isalnum() for char in sentence)


class GuiTranslator:
    """Translates a text that arrives in pieces; the result is that of the whole text."""

    def __init__(self) -> None:
        self._splitter = Splitter()
        self._said: list[str] = []
        self._actions: list[Action] = []
        self._gaps = [""]
        """The whitespace since the last words that stayed, cut where something went."""
        self._prefix = ""
        self._lead: str | None = None
        """Words that announce steps; they go when the steps go."""
        self._lead_gap = ""
        self._is_in_steps = False

    def feed(self, delta: str) -> str:
        """Take a piece of the text.

        Returns:
            What is certain to stay; put together, and with what `finish` adds, it is the text.
        """
        return self._take(self._splitter.feed(delta))

    def finish(self) -> Translation:
        """Take the end of the text and return the whole translation."""
        self._take(self._splitter.finish())
        if self._lead is not None and len(self._gaps) == 1:
            self._flush_lead()
        if len(self._gaps) == 1:
            self._said.append(self._gaps[0] + self._prefix)
        return Translation("".join(self._said), tuple(dict.fromkeys(self._actions)))

    def _take(self, pieces: Iterable[Piece]) -> str:
        before = len(self._said)
        for piece in pieces:
            if piece.kind is PieceKind.SPACE:
                self._gaps[-1] += piece.text
                if "\n" in piece.text:
                    self._prefix = ""
            elif piece.kind is PieceKind.PREFIX:
                self._prefix = piece.text
            elif piece.kind is PieceKind.VERBATIM:
                self._keep(piece.text)
            else:
                self._judge(piece.text)
        return "".join(self._said[before:])

    def _judge(self, sentence: str) -> None:
        if len(self._gaps) > 1 and "\n" not in self._gaps[-1] and not _has_words(sentence):
            return  # what decorated an instruction
        verdict = judge(sentence, is_step=self._is_in_steps and bool(self._prefix))
        self._actions += verdict.actions
        if not verdict.kept:
            self._gaps.append("")
            self._is_in_steps = True
        elif self._lead is None and announces_steps(verdict.kept):
            self._lead_gap = self._next_gap()
            self._lead = self._spaced(verdict.kept)
            self._is_in_steps = False
        else:
            self._keep(verdict.kept)

    def _keep(self, text: str) -> None:
        self._is_in_steps = False
        if self._lead is not None and (len(self._gaps) == 1 or self._prefix):
            self._flush_lead()
        elif self._lead is not None:
            self._gaps = [self._lead_gap, *self._gaps]
            self._lead = None
        self._said.append(self._spaced(text))

    def _flush_lead(self) -> None:
        self._said.append(self._lead or "")
        self._lead = None

    def _spaced(self, text: str) -> str:
        """Put the whitespace before words that stay: where something went, the widest around it."""
        gap = self._next_gap()
        prefix, self._prefix, self._gaps = self._prefix, "", [""]
        return gap + prefix + text

    def _next_gap(self) -> str:
        if len(self._gaps) > 1 and not any(self._said):
            return ""
        return max(self._gaps, key=lambda gap: gap.count("\n"))
