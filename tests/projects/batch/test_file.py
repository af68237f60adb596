"""Batch files taken apart: both forms, and what is wrong with single jobs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nemovideo.errors import InputError, InputNotFoundError
from nemovideo.projects.batch import BatchFile, read_batch


def read(tmp_path: Path, text: str, name: str = "jobs.toml") -> BatchFile:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_batch(str(path))


TOML = """
[[job]]
files = ["a.jpg", "b/*.jpg"]
duration = 12
aspect = "9:16"
title = "One"
music = "calm piano"
transition = "wipe"
out = "one.mp4"

[[job]]
files = "c.jpg"
steps = ["first", "second"]
out = "two-{n}.mp4"
"""


def test_toml_and_json_lines_say_the_same(tmp_path: Path) -> None:
    lines = [
        {
            "files": ["a.jpg", "b/*.jpg"],
            "duration": 12,
            "aspect": "9:16",
            "title": "One",
            "music": "calm piano",
            "transition": "wipe",
            "out": "one.mp4",
        },
        {"files": "c.jpg", "steps": ["first", "second"], "out": "two-{n}.mp4"},
    ]
    text = "\n\n".join(json.dumps(line) for line in lines)
    from_toml, from_json = read(tmp_path, TOML), read(tmp_path, text, "jobs.jsonl")
    assert from_toml == from_json
    assert from_toml.problems == ()
    first, second = from_toml.specs
    assert (first.number, first.request.paths, first.out) == (1, ("a.jpg", "b/*.jpg"), "one.mp4")
    assert (first.wishes.duration_s, first.wishes.aspect) == (12.0, "9:16")
    assert (first.wishes.title, first.wishes.music) == ("One", "calm piano")
    assert (second.request.prompt, second.steps) == (None, ("first", "second"))


def test_the_form_of_stdin_is_seen_from_its_first_sign() -> None:
    assert len(read_batch("-", stdin_bytes=TOML.encode()).specs) == 2
    assert len(read_batch("-", stdin_bytes=b'{"files": ["a.jpg"]}\n').specs) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_start_is_no_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    content = TOML.replace("\n", "\r\n").encode(encoding)
    (tmp_path / "jobs.toml").write_bytes(content)

    for read in (
        read_batch("-", stdin_bytes=content),
        read_batch(str(tmp_path / "jobs.toml")),
    ):
        assert len(read.specs) == 2


@pytest.mark.parametrize(
    ("content", "why"), [(b"x", "stdin is no TOML"), (b"\xff\xfa", "stdin can't be read")]
)
def test_what_is_wrong_with_stdin_names_it(content: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_batch("-", stdin_bytes=content)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "jobs.jsonl").write_bytes(b'\xef\xbb\xbf{"files": "a.jpg"}\r\n\r\n')
    assert read_batch(str(tmp_path / "jobs.jsonl")).specs[0].request.paths == ("a.jpg",)


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    text = json.dumps({"files": "a.jpg", "title": "one\u2028two"}, ensure_ascii=False)
    assert read(tmp_path, text, "jobs.jsonl").specs[0].wishes.title == "one\u2028two"


@pytest.mark.parametrize(
    ("job", "message", "hint"),
    [
        pytest.param({}, "names no files", "photos/*.jpg", id="no-files"),
        pytest.param({"files": []}, "files must be a list", None, id="empty-files"),
        pytest.param({"files": ["a", ""]}, "files must be a list", None, id="empty-file"),
        pytest.param({"files": [1]}, "files must be a list", None, id="number-file"),
        pytest.param(
            {"files": "a", "titel": "x"}, "no key 'titel'", "Did you mean title?", id="typo"
        ),
        pytest.param({"files": "a", "zzz": "x"}, "no key 'zzz'", "Keys: files", id="unknown-key"),
        pytest.param(
            {"files": "a", "prompt": "x", "steps": ["y"]},
            "both prompt and steps",
            "first step",
            id="prompt-and-steps",
        ),
        pytest.param({"files": "a", "prompt": " "}, "prompt must be a text", None, id="blank"),
        pytest.param({"files": "a", "steps": ["x", ""]}, "steps must be", None, id="empty-step"),
        pytest.param({"files": "a", "duration": "soon"}, "a length", "1m30s", id="text-duration"),
        pytest.param({"files": "a", "duration": True}, "a length", "1m30s", id="true-duration"),
        pytest.param({"files": "a", "duration": 0}, "between 1 and 3600", None, id="no-duration"),
        pytest.param({"files": "a", "aspect": "7:3"}, "'7:3'", None, id="aspect"),
        pytest.param({"files": "a", "out": 3}, "out must be a text", None, id="number-out"),
        pytest.param(["files"], "not a table", None, id="list"),
    ],
)
def test_a_bad_job_is_told_by_its_number_and_the_others_are_read(
    tmp_path: Path, job: object, message: str, hint: str | None
) -> None:
    text = "\n".join(json.dumps(line) for line in [{"files": "a.jpg"}, job, {"files": "b.jpg"}])
    batch = read(tmp_path, text, "jobs.jsonl")
    assert [spec.number for spec in batch.specs] == [1, 3]
    (problem,) = batch.problems
    assert problem.number == 2
    assert message in problem.error.message
    assert hint is None or hint in (problem.error.hint or "")


def test_a_line_that_is_no_json_is_told_by_its_line(tmp_path: Path) -> None:
    batch = read(tmp_path, '{"files": "a.jpg"}\n\n{"files": \n', "jobs.jsonl")
    (problem,) = batch.problems
    assert (problem.number, "line 3" in problem.error.message) == (2, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "holds no jobs", id="empty"),
        pytest.param("# nothing\n", "holds no jobs", id="comment"),
        pytest.param("[[job]\n", "no TOML", id="no-toml"),
        pytest.param("[job]\nfiles = 'a'\n", "[[job]] is meant", id="single-brackets"),
        pytest.param("[[jobs]]\nfiles = 'a'\n", "'jobs' outside a job", id="wrong-name"),
        pytest.param("out = 'x'\n[[job]]\nfiles = 'a'\n", "'out' outside", id="key-outside"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert message in caught.value.message
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match=r"gone\.toml"):
        read_batch(str(tmp_path / "gone.toml"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "jobs.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_batch(str(tmp_path / "jobs.toml"))
