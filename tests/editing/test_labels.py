"""What files say of themselves, written on their clips."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemovideo.editing import EditError, MediaItem, apply_edits, direct, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.timeline import Timeline

PHOTO = MediaItem("a", "a.jpg", "image", 4000, 3000)
TRIP = [
    replace(PHOTO, id="1", name="1.jpg", taken_on="2024-07-03", place="Como"),
    replace(PHOTO, id="2", name="2.jpg", taken_on="2024-07-03", place="Lecco"),
    replace(PHOTO, id="3", name="3.jpg"),
    replace(PHOTO, id="4", name="my_trip.jpg", taken_on="2024-12-24", place="Lecco"),
]


def captions(timeline: Timeline) -> list[tuple[str | None, str | None]]:
    return [(caption.on, caption.text) for caption in timeline.captions]


def with_edit(**edit: object) -> Timeline:
    return apply_edits(first_cut(TRIP, "project"), parse_edits([edit]), TRIP)


def test_dates_are_written_where_they_change() -> None:
    made = with_edit(do="caption_dates")
    assert captions(made) == [("p1", "3 July 2024"), ("p4", "24 December 2024")]


def test_places_are_written_where_they_change() -> None:
    assert captions(with_edit(do="caption_places")) == [("p1", "Como"), ("p2", "Lecco")]


def test_names_are_written_on_every_clip() -> None:
    texts = [text for _, text in captions(with_edit(do="caption_names"))]
    assert texts == ["1", "2", "3", "my trip"]


def test_labels_of_some_clips_are_on_these_alone() -> None:
    assert captions(with_edit(do="caption_places", clips=[2])) == [("p2", "Lecco")]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("caption each photo with its date", "3 July 2024"),
        ("给每张照片加上日期", "2024年7月3日"),
        ("pon la fecha en cada foto", "3 de julio de 2024"),
    ],
    ids=["en", "zh", "es"],
)
def test_dates_are_in_the_language_of_the_message(message: str, text: str) -> None:
    outcome = direct(message, TRIP, direct("make a video", TRIP, None).draft)
    assert Timeline.from_draft(outcome.draft).captions[0].text == text


@pytest.mark.parametrize("kind", ["caption_dates", "caption_places"])
def test_labels_that_no_file_has_are_refused(kind: str) -> None:
    plain = [PHOTO]
    with pytest.raises(EditError, match="taken"):
        apply_edits(first_cut(plain, "project"), parse_edits([{"do": kind}]), plain)
