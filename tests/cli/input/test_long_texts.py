"""Instructions from files and from stdin."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.cli.input.long_texts import MAX_BYTES, read_long_text
from nemovideo.errors import InputNotFoundError, UnsupportedFileError
from tests.support.cli import run_cli
from tests.support.scripted_cloud import ScriptedCloud


def test_at_sign_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "long prompt.txt"
    path.write_bytes(b"\xef\xbb\xbfMake it warm.\r\n\r\nThen make it short.\n")
    assert read_long_text(f"@{path}") == "Make it warm.\n\nThen make it short."


@pytest.mark.parametrize(
    ("given", "meant"),
    [("@@nemo", "@nemo"), ("@", "@"), ("plain words", "plain words"), ("@anna says hi",) * 2],
    ids=["doubled", "alone", "none", "several words"],
)
def test_at_sign_can_be_a_word(given: str, meant: str) -> None:
    assert read_long_text(given) == meant


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match=r"no such file: .*nothing\.txt") as caught:
        read_long_text(f"@{tmp_path / 'nothing.txt'}")
    assert caught.value.hint is not None
    assert "@@" in caught.value.hint


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"x" * (MAX_BYTES + 1)], ids=["binary", "endless"]
)
def test_file_that_is_no_instruction_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prompt"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFileError):
        read_long_text(f"@{path}")


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match="can't be read"):
        read_long_text(f"@{tmp_path}")


def test_prompt_of_convert_comes_from_a_file(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "prompt.txt").write_text("A calm film\nof the sea.\n")
    run_cli("convert", photo, "--no-export", "--prompt", f"@{tmp_path / 'prompt.txt'}")
    assert said(cloud) == ["A calm film\nof the sea."]


def test_prompt_of_convert_comes_from_stdin(cloud: ScriptedCloud, photo: Path) -> None:
    run_cli("convert", photo, "--no-export", "--prompt", "-", input="A loud film.\n")
    assert said(cloud) == ["A loud film."]


def said(cloud: ScriptedCloud) -> list[str]:
    return [
        call.json["new_message"]["parts"][0]["text"] for call in cloud.calls("POST", "/run_sse")
    ]
