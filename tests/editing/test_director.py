"""Turns: a message or JSON, the draft before, and what comes of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from nemovideo.editing import EditError, HistoryStep, MediaItem, Outcome, direct, parse_edits
from nemovideo.timeline import Timeline, find_changes
from nemovideo.timeline.wire import to_draft
from tests.editing.scenes import media, photo, timeline

BEFORE = to_draft(timeline())


def say(message: object, draft: Any = BEFORE, **options: Any) -> Outcome:
    text = message if isinstance(message, str) else json.dumps(message)
    return direct(text, media(), draft, **options)


def after(outcome: Outcome) -> Timeline:
    assert outcome.draft is not None, outcome.reply
    return Timeline.from_draft(outcome.draft)


def test_without_files_it_asks_for_some() -> None:
    assert "uploaded" in direct("make a video", [], None).reply
    song = [MediaItem("a", "song.mp3", "audio", duration_ms=5000)]
    assert "sound" in direct("make a video", song, None).reply


def test_a_first_cut_is_as_asked() -> None:
    files = [photo(f"{n}.jpg", n) for n in range(6)]
    outcome = direct(
        "Turn these 6 photos into a 30-second vertical video with slide left transitions, "
        'calm music and the title "Rome".',
        files,
        None,
    )
    made = after(outcome)
    assert made.duration_ms == 30_000
    assert made.canvas.size == (1080, 1920)
    assert {clip.transition.name for clip in made.clips if clip.transition} == {"slideleft"}
    assert [sound.style for sound in made.sounds] == ["ambient"]
    assert [(c.text, c.start_ms, c.duration_ms) for c in made.captions] == [("Rome", 0, 3000)]
    assert outcome.not_understood == ()


@pytest.mark.parametrize(("count", "each_ms"), [(1, 5000), (3, 4000), (10, 3000), (60, 2500)])
def test_photos_have_one_pace_when_no_length_is_asked(count: int, each_ms: int) -> None:
    files = [photo(f"{n}.jpg", n) for n in range(count)]
    assert after(direct("make a video", files, None)).duration_ms == count * each_ms


def film(name: str, duration_ms: int) -> MediaItem:
    return MediaItem(name, f"{name}.mp4", "video", 640, 360, duration_ms)


@pytest.mark.parametrize(
    ("lengths", "words", "overlaps"),
    [
        ([1000] * 5, "make a video", [200] * 4),
        ([1000, 10_000, 2000, 900, 10_000], "make a video", [200, 600, 200, 200]),
        ([500, 10_000, 500, 10_000], "make a video", [0, 200, 0]),  # shorter: a cut looks better
        ([1000] * 5, "make a video without transitions", [0] * 4),
        ([4000, 10_000], "make a video with 1-second crossfades", [1000]),
    ],
)
def test_films_play_whole_and_run_together_with_what_follows(
    lengths: list[int], words: str, overlaps: list[int]
) -> None:
    made = after(direct(words, [film(str(n), ms) for n, ms in enumerate(lengths)], None))
    assert [clip.duration_ms for clip in made.clips] == lengths
    assert [clip.overlap_ms for clip in made.clips[1:]] == overlaps
    assert made.duration_ms == sum(lengths) - sum(overlaps)


def test_a_title_does_not_run_across_a_cut() -> None:
    files = [photo(f"{n}.jpg", n) for n in range(3)]
    made = after(direct('make a 6-second video with the title "Hi"', files, None))
    assert made.captions[0].duration_ms == 2000


def test_what_does_not_fit_into_a_first_cut_is_said() -> None:
    files = [photo(f"{n}.jpg", n) for n in range(300)]
    outcome = direct("make a 20-second video", files, None)
    assert after(outcome).duration_ms == 20_000
    assert "300" in outcome.notes[0]
    files = files[:3]
    for words in (" with 5-second crossfades", ", 5 second transitions"):
        outcome = direct(f"make a video of 6 seconds{words}", files, None)
        assert after(outcome).duration_ms == 6000
        assert "transitions of 5 s" in outcome.notes[0]


def test_an_edit_answers_in_the_language_of_the_message() -> None:
    assert say("把它变成紫色的大象").reply.startswith("没有听懂")
    assert say("hazlo morado y elefante").reply.startswith("No he entendido")


def test_json_is_applied_as_it_stands() -> None:
    outcome = say([{"do": "move", "clips": -1, "to": "start"}, {"do": "look", "name": "sepia"}])
    assert after(outcome).clips[0].name == "party.mp4"
    assert outcome.error is None


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([{"do": "remove", "clips": 99}], "99"),
        ([{"do": "reverse"}, {"do": "fly"}], "edit 2"),
        ([{"do": "look", "name": "sepia", "amount": 7}], "amount"),
        ([{"do": "length"}], "duration_ms"),
    ],
)
def test_json_that_cannot_be_done_changes_nothing(document: object, reason: str) -> None:
    outcome = say(document)
    assert outcome.draft is None
    assert reason in (outcome.error or "").lower()


def test_flags_and_words_make_a_first_cut_together() -> None:
    order = {"prompt": "black and white please", "edits": [{"do": "length", "duration_ms": 9000}]}
    made = after(say(order, None))
    assert made.duration_ms == 9000
    assert all(clip.looks for clip in made.clips)


def test_strict_changes_nothing_when_a_part_is_not_understood() -> None:
    message = "make it square and fly to Mars"
    assert after(say(message)).canvas.size == (1080, 1080)
    outcome = say(message, strict=True)
    assert outcome.draft is None
    assert outcome.not_understood == ("fly to Mars",)


def test_an_exact_edit_that_changes_nothing_is_understood() -> None:
    once = say([{"do": "canvas", "aspect": "1:1"}])
    assert say([{"do": "canvas", "aspect": "1:1"}], once.draft).reply == (
        "That is how it is already; nothing changed."
    )


def test_history_is_left_to_the_session() -> None:
    assert say("undo the last 2 changes").history == HistoryStep("undo", 2)
    assert direct("undo", [], None).history == HistoryStep("undo")
    assert say("恢复到初剪").history == HistoryStep("first_cut")


def test_an_unclear_wish_is_asked_about_and_answered() -> None:
    titled = say([{"do": "text", "text": "Bye", "place": "end"}])
    outcome = say("make the title red", titled.draft)
    assert outcome.draft is None
    assert "1. Summer" in outcome.reply
    assert outcome.not_understood == ("make the title red",)
    assert say("make the title red, and square", titled.draft, strict=True).draft is None
    assert "2. Bye" in outcome.reply
    for answer in ("the second one", "2", "Bye", "第二个"):
        chosen = after(say(answer, titled.draft, question=outcome.question))
        assert [caption.color for caption in chosen.captions] == ["#ffffff", "#ff0000"]


def test_another_message_drops_the_question() -> None:
    titled = say([{"do": "text", "text": "Bye", "place": "end"}])
    question = say("make the title red", titled.draft).question
    outcome = say("make it square", titled.draft, question=question)
    assert after(outcome).canvas.size == (1080, 1080)
    assert outcome.question is None


def test_a_new_video_may_be_asked_for_later() -> None:
    made = after(say("make a new 10-second video from all photos"))
    assert made.duration_ms == 10_000
    assert not made.captions
    assert "dog.jpg" in [clip.name for clip in made.clips]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({"do": "look", "name": "gray"}, "edit 1, name: must be one of"),
        ({"do": "cut", "from": 3}, "from: is not known here; cut takes from_ms, to_ms"),
        ({"do": "nope"}, "edit 1, do: must be one of"),
        ({}, "edit 1, do: is missing"),
    ],
)
def test_wrong_edit_is_told_by_its_key_and_what_there_is(edit: dict[str, Any], reason: str) -> None:
    with pytest.raises(EditError, match=re.escape(reason)):
        parse_edits([edit])


def test_shorter_transitions_are_told_beside_a_longer_photo() -> None:
    outcome = say("make the third photo 2 seconds longer and the transitions 0.3 seconds")
    lines = find_changes(Timeline.from_draft(BEFORE), after(outcome))
    assert any(line.startswith("Length of the transitions is now 0.3s") for line in map(str, lines))


def test_a_new_video_is_as_long_as_it_is_said_to_be() -> None:
    made = after(say("make a video that is 20 seconds long"))
    assert made.duration_ms == 20_000
