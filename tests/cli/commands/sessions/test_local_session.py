"""A day with one session on the local engine: look, change, export, list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run_cli
from tests.support.media import write_jpeg


@pytest.fixture
def session_id(tmp_path: Path) -> str:
    """A session with a two-second timeline of two photos."""
    for name in ("a.jpg", "b.jpg"):
        write_jpeg(tmp_path / name, 320, 240)
    result = run_cli(
        *("convert", tmp_path / "a.jpg", tmp_path / "b.jpg", "--local", "-d", "2"),
        *("--aspect", "1:1", "--no-export", "--json"),
    )
    return str(result.document["session_id"])


def test_status_shows_the_timeline_of_the_current_session_where_it_lives(session_id: str) -> None:
    result = run_cli("status")
    assert result.stdout.startswith("Timeline (2 tracks): 1. Video: a.jpg +1 more (0-2s) 2. BGM: ")


def test_status_json_has_the_raw_draft(session_id: str) -> None:
    document = run_cli("status", "--json").document
    assert document["session_id"] == session_id
    assert document["ready"] is True
    assert document["duration_ms"] == 2000
    assert document["draft"]["d"] == 2000
    assert [track["type"] for track in document["tracks"]] == ["video", "audio"]


def test_status_of_a_new_session_is_empty() -> None:
    run_cli("session", "new", "--local")
    result = run_cli("status", "--json")
    assert result.document["draft"] is None
    assert result.document["summary"] == "Timeline (0 tracks)"


def test_status_without_a_session_says_how_to_get_one() -> None:
    result = run_cli("status", "--local", "--json", expect=4)
    assert result.error["kind"] == "session"
    assert "nemo convert" in result.error["hint"]


def test_chat_changes_the_timeline_and_says_what_changed(session_id: str) -> None:
    result = run_cli("chat", 'add the title "Hello"', "--json")
    assert result.document["intent"] == "message"
    assert result.document["changes"] == ['Title added: "Hello" (0-1s)']
    assert '"Hello"' in result.document["timeline"]["summary"]


def test_chat_reads_stdin(session_id: str) -> None:
    result = run_cli("chat", input="remove the music\n")
    assert "Music removed" in result.stdout


def test_chat_says_plainly_what_it_did_not_understand(session_id: str) -> None:
    result = run_cli("chat", "sing me a song about the sea", "--json")
    assert result.document["changes"] == []
    assert result.document["reply"] != ""


def test_chat_routes_credits_and_status(session_id: str) -> None:
    assert run_cli("chat", "how many credits are left?").stdout.startswith("100 credits")
    assert run_cli("chat", "status").stdout.startswith("Timeline (2 tracks)")


def test_chat_exports_when_asked_to(session_id: str, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    result = run_cli("chat", "export", "--out", out, "--json")
    assert result.document["intent"] == "export"
    assert result.document["export"]["output"] == str(out)
    assert out.stat().st_size > 0


def test_chat_uploads_a_path(session_id: str, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "c d.jpg")
    result = run_cli("chat", f'"{photo}"', "--json")
    assert result.document["intent"] == "upload"
    assert [file["filename"] for file in result.document["files"]] == ["c d.jpg"]


def test_chat_without_a_word_is_wrong_use() -> None:
    assert run_cli("chat", "--json", expect=2).error["kind"] == "usage"


def test_upload_lists_what_the_session_now_holds(session_id: str, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "more.jpg")
    document = run_cli("upload", photo, "--json").document
    assert document["session_id"] == session_id
    assert document["files"][0] == {
        "path": str(photo),
        "filename": "more.jpg",
        "file_type": "image",
        "url": document["files"][0]["url"],
    }


def test_export_renders_and_saves(session_id: str, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    document = run_cli("export", "--out", out, "--json").document
    assert document["session_id"] == session_id
    assert document["bytes"] == out.stat().st_size
    assert document["elapsed_s"] > 0


def test_export_no_wait_is_taken_up_by_resume(session_id: str, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    submitted = run_cli("export", "--no-wait", "--out", out, "--json").document
    assert submitted["session_id"] == session_id
    result = run_cli("export", "--resume", submitted["render_id"], "--json").document
    assert result["render_id"] == submitted["render_id"]
    assert result["output"] == str(out)
    (render,) = run_cli("renders", "--json").document
    assert (render["status"], render["output"]) == ("downloaded", str(out))


def test_export_resume_with_nothing_to_resume(session_id: str) -> None:
    result = run_cli("export", "--resume", "--json", expect=2)
    assert result.error["kind"] == "input"


def test_export_of_an_empty_timeline_says_so() -> None:
    run_cli("session", "new", "--local")
    result = run_cli("export", "--json", expect=2)
    assert "nothing on the timeline" in result.error["message"]


def test_sessions_can_be_listed_used_shown_and_forgotten(session_id: str) -> None:
    other = run_cli("session", "new", "second", "--local", "--json").document
    assert other["name"] == "second"
    assert other["backend"] == "local"
    listed = run_cli("session", "list", "--json").document
    assert [(row["session_id"], row["current"]) for row in listed] == [
        (other["session_id"], True),
        (session_id, False),
    ]
    run_cli("session", "use", session_id)
    assert run_cli("session", "show", "--json").document["session_id"] == session_id
    run_cli("session", "forget", session_id, "--yes")
    assert [row["session_id"] for row in run_cli("session", "list", "--json").document] == [
        other["session_id"]
    ]


def test_credits_are_those_of_the_engine() -> None:
    document = run_cli("credits", "--local", "--json").document
    assert document == {"available": 100, "frozen": 0, "total": 100}


def test_doctor_finds_the_local_engine_fine() -> None:
    document = run_cli("doctor", "--local", "--json").document
    assert document["ok"] is True
    assert {"engine", "disk"} <= {
        name.split()[-1] for name in (c["name"] for c in document["checks"])
    }


def test_auth_status_before_the_first_token() -> None:
    document = run_cli("auth", "status", "--json").document
    assert document == {
        "authenticated": False,
        "kind": "none",
        "user_id": None,
        "expires_at": None,
        "client_id": None,
    }


def test_auth_keeps_a_token_of_the_users_own_and_never_shows_it() -> None:
    token = "my-own-secret-token"
    shown = run_cli("auth", "login", "--with-token", "--json", input=f"{token}\n")
    assert shown.document["kind"] == "user"
    assert token not in shown.stdout + shown.stderr
    assert run_cli("auth", "status", "--json").document["kind"] == "user"
    run_cli("auth", "logout")
    assert run_cli("auth", "status", "--json").document["kind"] == "none"


def test_open_says_that_a_local_session_has_no_web_page(session_id: str) -> None:
    assert "lives on this machine" in run_cli("open", "--print", expect=2).stderr


def test_export_refuses_a_format_that_the_engine_does_not_make(session_id: str) -> None:
    result = run_cli("export", "--format", "mkv", "--json", expect=2)
    assert result.error["kind"] == "usage"
    assert "mp4, mov, webm and gif can" in result.error["message"]
    assert run_cli("renders", "--json").document == []


def test_export_for_a_place_says_how_the_timeline_differs(session_id: str, tmp_path: Path) -> None:
    run_cli("chat", "make it 720p")
    out = tmp_path / "reel.mp4"
    result = run_cli("export", "--for", "reel", "-o", out, "--quality", "draft", "--json")
    assert out.stat().st_size > 0
    assert [note[:20] for note in result.document["notes"][:2]] == [
        "For reel a film is 9",
        "For reel a film is 1",
    ]
    assert 'say "make it 9:16"' in result.stderr
