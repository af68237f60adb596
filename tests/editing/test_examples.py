"""Every example of docs/editing.md: said in each language it does what its JSON does."""

from __future__ import annotations

import pytest

from nemovideo.editing import EDITS, Example, apply_edits, examples, parse_edits
from nemovideo.editing.reading.items import Scene
from nemovideo.editing.reading.reader import read_message
from nemovideo.language.lexicon import lexicons
from nemovideo.timeline.wire import to_draft
from tests.editing.scenes import media, timeline, uprights

ALL = [example for family in examples().values() for example in family]


def scene_for(example: Example) -> Scene:
    """The usual scene; for edits of pairs one with photos that stand upright."""
    kind = example.document["do"]
    if kind in ("pair", "unpair"):
        return uprights(are_paired=kind == "unpair")
    return Scene(timeline(), media())


@pytest.mark.parametrize(
    ("example", "language"),
    [(example, language) for example in ALL for language in example.said],
    ids=lambda value: value if isinstance(value, str) else str(value.document),
)
def test_words_do_what_the_json_does(example: Example, language: str) -> None:
    scene = scene_for(example)
    exact = apply_edits(scene.timeline, parse_edits(example.document), scene.media)
    reading = read_message(example.said[language], scene)
    assert not reading.not_understood, reading
    assert not reading.problems, reading
    said = apply_edits(scene.timeline, reading.edits, scene.media)
    assert to_draft(said) == to_draft(exact)
    assert to_draft(said) != to_draft(scene.timeline)


def test_every_edit_has_an_example_in_every_language() -> None:
    shown = {example.document["do"] for example in ALL}
    assert shown == {kind.model_fields["do"].default for kind in EDITS}
    codes = {lexicon.code for lexicon in lexicons()}
    assert all(set(example.said) == codes for example in ALL)
