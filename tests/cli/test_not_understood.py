"""What was not understood: named in the JSON and on stderr, an error under ``--strict``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.answers import sse, text_event
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

ODD = "sprinkle stardust"
PROMPT = f"make a 1-second video, {ODD}"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_jpeg(tmp_path / "a.jpg", 64, 48)


@pytest.fixture
def session_id(photo: Path) -> str:
    """A session on this machine with a one-second timeline."""
    made = run_cli("convert", photo, "--local", "-d", "1", "--no-export", "--json").document
    return str(made["session_id"])


def test_convert_names_it_in_the_document_and_on_stderr_even_quietly(photo: Path) -> None:
    result = run_cli(
        *("convert", photo, "--local", "--prompt", PROMPT, "--no-export", "--json", "-q")
    )
    assert any(ODD in words for words in result.document["not_understood"])
    assert ODD in result.document["reply"]
    (line,) = result.stderr.splitlines()
    assert line.startswith("not understood: “")
    assert ODD in line


def test_convert_strict_renders_nothing(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    result = run_cli(
        *("convert", photo, "--local", "-p", PROMPT, "--strict", "-o", out, "--json"), expect=2
    )
    assert result.error["kind"] == "input"
    assert ODD in result.error["message"]
    assert not out.exists()
    assert run_cli("status", "--json").document["ready"] is False
    assert run_cli("renders", "--json").document == []


def test_convert_strict_does_what_is_understood(photo: Path) -> None:
    result = run_cli(
        *("convert", photo, "--local", "-d", "1", "--title", "Hi", "--strict"),
        *("--no-export", "--json"),
    )
    assert result.document["not_understood"] == []


def test_convert_says_on_stderr_what_the_engine_changed(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        write_jpeg(tmp_path / name, 64, 48)
    wish = "A calm 10-second slideshow with 10 s crossfades"
    result = run_cli("convert", tmp_path, "--local", "--prompt", wish, "--no-export", "--json")
    (note,) = (note for note in result.document["notes"] if "transitions of 10 s" in note)
    assert result.stderr.splitlines().count(note) == 1


def test_chat_names_it_and_does_the_rest(session_id: str) -> None:
    result = run_cli("chat", f"make it square, {ODD}", "--json")
    assert any(ODD in words for words in result.document["not_understood"])
    assert result.document["changes"] != []
    assert ODD in result.stderr


def test_chat_strict_changes_nothing(session_id: str) -> None:
    before = run_cli("status", "--json").document["draft"]
    result = run_cli("chat", f"make it square, {ODD}", "--strict", "--json", expect=2)
    assert (result.stdout, result.error["kind"]) == ("", "input")
    assert run_cli("status", "--json").document["draft"] == before


def test_chat_strict_refuses_what_means_nothing_at_all(session_id: str) -> None:
    run_cli("chat", "colourless green ideas", "--strict", expect=2)


def test_batch_strict_fails_the_job_alone(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "jobs.jsonl").write_text(
        f'{{"files": "a.jpg", "prompt": "{PROMPT}", "strict": true, "out": "one.mp4"}}\n'
        f'{{"files": "a.jpg", "prompt": "{PROMPT}", "out": "two.mp4"}}\n'
    )
    result = run_cli("batch", tmp_path / "jobs.jsonl", "--local", "-q", expect=2)
    assert not (tmp_path / "one.mp4").exists()
    assert (tmp_path / "two.mp4").exists()
    assert f"two.mp4: not understood: “{ODD}”" in result.stderr


def test_what_the_cloud_does_not_say_is_said(cloud: ScriptedCloud) -> None:
    result = run_cli("chat", "make it pop", "--strict", "--json")
    (call,) = cloud.calls("POST", "/run_sse")
    assert call.json["strict"] is True
    assert result.document["not_understood"] == []
    assert "--strict could not check it" in result.document["notes"][0]


def test_a_cloud_that_says_it_is_believed(cloud: ScriptedCloud) -> None:
    reading = {"type": "reading", "not_understood": ["pop"], "notes": ["Kept at 10 s."]}
    cloud.on("POST", "/run_sse", sse(reading, text_event("Done.")))
    result = run_cli("chat", "make it pop", "--json")
    assert result.document["not_understood"] == ["pop"]
    assert result.document["notes"] == ["Kept at 10 s."]
