"""The agent's words on stdout as they come, in a pipe."""

from __future__ import annotations

import pytest

from nemovideo.cli.output.output import Output
from nemovideo.cli.progress.answer import AnswerWriter


@pytest.fixture
def writer() -> AnswerWriter:
    return AnswerWriter(Output())


def written(writer: AnswerWriter, capsys: pytest.CaptureFixture[str], *deltas: str) -> str:
    for delta in deltas:
        writer.write(delta)
    writer.finish()
    return capsys.readouterr().out


def test_words_are_written_before_the_answer_ends(
    writer: AnswerWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    writer.write("Hel")
    assert capsys.readouterr().out == "Hel"
    writer.write("lo ")
    assert capsys.readouterr().out == "lo"
    writer.finish()
    assert capsys.readouterr().out == "\n"


def test_white_space_around_an_answer_is_left_out(
    writer: AnswerWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(writer, capsys, "\n ", "One.\n", "\n", "Two. ", "\n\n") == "One.\n\nTwo.\n"


def test_what_comes_after_the_line_was_ended_begins_a_new_one(
    writer: AnswerWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    writer.write("One.")
    writer.end_line()
    assert written(writer, capsys, "Two.") == "One.\nTwo.\n"


def test_nothing_is_written_of_an_answer_without_words(
    writer: AnswerWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(writer, capsys, "", " \n") == ""
