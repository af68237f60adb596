"""What people see on a terminal: whole words, links, questions, in their language."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.answers import error
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

if sys.platform == "win32":
    pytest.skip("pseudo-terminals look different there", allow_module_level=True)

from rich.cells import cell_len

from tests.support.processes.terminal import Terminal

HINT_EN = "hint: Start one with `nemo convert PHOTOS…`, `nemo upload FILES…` or `nemo session new`."
HINT_ZH = "提示：用 `nemo convert 照片…`、`nemo upload 文件…` 或 `nemo session new` 开始。"


@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize(
    ("language", "hint"), [("en", HINT_EN), ("zh-CN", HINT_ZH)], ids=["english", "chinese"]
)
def test_an_error_and_its_hint_break_at_spaces_at_any_width(
    columns: int, language: str, hint: str
) -> None:
    with Terminal("status", env={"NEMO_LANGUAGE": language}, columns=columns) as terminal:
        assert terminal.wait_for_exit() == 4
        lines = terminal.raw.decode().replace("\r", "").splitlines()
    assert all(cell_len(line) <= columns for line in lines)
    assert "".join("".join(lines).split()).endswith("".join(hint.split()))
    for code in ("`nemo session new`", "`nemo status`"):
        assert (code in hint) == any(code in line for line in lines)


def test_the_greeting_fits_a_narrow_terminal() -> None:
    with Terminal(columns=50) as terminal:
        assert terminal.wait_for_exit() == 0
        lines = terminal.raw.decode().replace("\r", "").splitlines()
    assert all(cell_len(line) <= 50 for line in lines)
    assert "      a video, made on this machine" in lines


def test_no_to_a_question_is_no_error(photo: Path, out: Path) -> None:
    out.write_bytes(b"mine")
    with Terminal("convert", photo, "--local", "--out", out) as terminal:
        terminal.wait_for("Replace it?", "[y/N]")
        terminal.say("n")
        assert terminal.wait_for_exit() == 0
        assert "Nothing was done." in terminal.text
        assert "error" not in terminal.text
    assert out.read_bytes() == b"mine"


def test_a_finished_file_is_a_link_and_a_short_job_does_not_ring(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    with Terminal("convert", photo, "--out", out, env={"WT_SESSION": "1"}) as terminal:
        assert terminal.wait_for_exit() == 0
    assert f"{out.as_uri()}\x1b\\".encode() in terminal.raw
    progress = b"\x1b]9;4;"
    assert progress + b"3;0\a" in terminal.raw
    assert terminal.raw.rindex(progress + b"0;0\a") == terminal.raw.rindex(progress)
    assert b"\a" not in terminal.raw.replace(b"\x1b]9;4;", b"").replace(b"0\a", b"")


def test_the_taskbar_is_cleared_after_an_error(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always("POST", "/run_sse", error(2001))
    with Terminal("convert", photo, "--out", out, env={"WT_SESSION": "1"}) as terminal:
        assert terminal.wait_for_exit() == 5
    assert b"\x1b]9;4;0;0\a" in terminal.raw[terminal.raw.rindex(b"\x1b]9;4;") :]


@pytest.mark.skipif(sys.platform == "darwin", reason="another opener")
def test_a_film_is_opened_and_a_failing_opener_is_a_remark(
    cloud: ScriptedCloud, photo: Path, out: Path, tmp_path: Path
) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    env = {"PATH": str(opener.parent)}
    said = run_cli("convert", photo, "--out", out, "--open", env=env).stderr
    assert "could not be opened here: xdg-open is not installed" in said
    opener.write_text('#!/bin/sh\nprintf %s "$1" > "$0.opened"\n')
    opener.chmod(0o755)
    run_cli("export", "--out", out, "--force", "--open", env=env)
    assert Path(f"{opener}.opened").read_text() == str(out)
    run_cli("convert", photo, "--no-export", "--open", expect=2)


def test_sessions_are_called_after_their_folder_and_used_by_name(
    cloud: ScriptedCloud, tmp_path: Path
) -> None:
    folder = tmp_path / "Summer trip"
    folder.mkdir()
    write_jpeg(folder / "a.jpg")
    for _ in range(2):
        run_cli("session", "new")
        run_cli("upload", folder / "a.jpg", write_jpeg(folder / "b.jpg", 66))
    names = [row["name"] for row in run_cli("session", "list", "--json").document]
    assert names == ["Summer trip 2", "Summer trip"]
    used = run_cli("session", "use", "summer trip", "--json").document
    assert used["name"] == "Summer trip"
    assert (
        run_cli("status", "--session", "Summer trip 2", "--json").document["session_id"]
        != (used["session_id"])
    )
    refusal = run_cli("status", "--session", "sum", "--json", expect=4).error
    assert "“Summer trip 2”, “Summer trip”" in refusal["hint"]
