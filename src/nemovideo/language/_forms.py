"""Forms that a lexicon need not list one by one: of a verb, of a word with several endings. Pure.

A form in a lexicon may hold names in braces. ``{quitar}`` stands for each form of the verb, made of
its infinitive as the table ``[conjugation]`` says; ``quiet{o}`` for the word with each ending that
the table ``[inflection]`` lists under that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from nemovideo.language._normal import normal_form


class Forms:
    """Makes the forms that a lexicon's braces stand for.

    Args:
        document: The parsed lexicon. ``[conjugation]`` holds for the end of an infinitive (the
            longest one counts) its endings: ``plain``, ``stressed``, and ``told`` for what is no
            wish; ``[irregular]`` for an infinitive the stem that is stressed, or all its forms.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._classes: Mapping[str, Mapping[str, Sequence[str]]] = {
            end: {stem: list(map(normal_form, endings)) for stem, endings in stems.items()}
            for end, stems in document.get("conjugation", {}).items()
        }
        self._irregular: Mapping[str, str | Sequence[str]] = document.get("irregular", {})
        self._endings: Mapping[str, Sequence[str]] = {
            name: list(map(normal_form, endings))
            for name, endings in document.get("inflection", {}).items()
        }
        self._made: dict[str, list[str]] = {}

    def of(self, written: str) -> Iterable[str]:
        """Return the normalised forms that one of the lexicon stands for.

        A verb at the beginning stays in its braces: its forms are those of `verbs`.
        """
        if "{" not in written:
            return (normal_form(written),)
        before, *others = written.split("{")
        names, texts = zip(*(part.split("}", 1) for part in others), strict=True)
        texts = tuple(normal_form(f"x{text}x")[1:-1] for text in texts)
        choices = [self._of_name(name) for name in names]
        if not before and names[0] not in self._endings:
            choices[0] = ["{" + names[0] + "}"]
        start = normal_form(f"{before}x")[:-1]
        return (
            start + "".join(map("".join, zip(chosen, texts, strict=True)))
            for chosen in product(*choices)
        )

    def verbs(self) -> dict[str, tuple[str, ...]]:
        """Return the forms of all verbs that were asked for, each with the verbs it is one of."""
        found: dict[str, tuple[str, ...]] = {}
        for verb, forms in self._made.items():
            for form in forms:
                found[form] = (*found.get(form, ()), "{" + verb + "}")
        return found

    def told(self) -> frozenset[str]:
        """Return the forms of those verbs in which something is told: "quitaron la música"."""
        found: set[str] = set()
        for verb in self._made:
            if isinstance(self._irregular.get(verb, ""), str):
                end = self._end(verb)
                stem = normal_form(verb.removesuffix(end))
                found.update(stem + ending for ending in self._classes[end].get("told", ()))
        return frozenset(found.difference(*self._made.values()))

    def _end(self, infinitive: str) -> str:
        return max((end for end in self._classes if infinitive.endswith(end)), key=len)

    def _of_name(self, name: str) -> Sequence[str]:
        if name in self._endings:
            return self._endings[name]
        if name not in self._made:
            self._made[name] = list(dict.fromkeys(self._of_verb(name)))
        return self._made[name]

    def _of_verb(self, infinitive: str) -> Iterator[str]:
        stressed = self._irregular.get(infinitive)
        if stressed is not None and not isinstance(stressed, str):
            yield from map(normal_form, (infinitive, *stressed))
            return
        end = self._end(infinitive)
        plain = normal_form(infinitive.removesuffix(end))
        strong = normal_form(stressed) if stressed else plain
        yield from (plain + ending for ending in self._classes[end]["plain"])
        yield from (strong + ending for ending in self._classes[end]["stressed"])
