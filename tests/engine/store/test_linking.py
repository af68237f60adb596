"""Files of this machine, taken in without a copy: what is shared, and when it shows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from nemovideo.engine.store.linking import has_changed, mark_linked, take_file
from tests.engine.fakes import DRAFT, fakes, png
from tests.support.serve import api_user, data_of, refused, running_engine

UPLOAD = "/api/upload-video/nemo_agent/me"


def named(path: Path, content: bytes) -> dict[str, str]:
    path.write_bytes(content)
    return {"path": str(path), "sha256": hashlib.sha256(content).hexdigest()}


def test_take_file_gives_the_content_a_second_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")

    take_file(tmp_path / "a", tmp_path / "b")
    (tmp_path / "a").unlink()

    assert (tmp_path / "b").read_bytes() == b"content"


def test_take_file_takes_what_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "link").symlink_to(tmp_path / "a")

    take_file(tmp_path / "link", tmp_path / "b")

    assert not (tmp_path / "b").is_symlink()
    assert (tmp_path / "b").read_bytes() == b"content"


def test_a_linked_file_that_is_written_to_has_changed(tmp_path: Path) -> None:
    original, linked = tmp_path / "a", tmp_path / "b"
    original.write_bytes(b"content")
    os.link(original, linked)
    mark_linked(linked)
    assert not has_changed(linked, 7)

    os.utime(original, ns=(0, original.stat().st_mtime_ns + 1))
    assert has_changed(linked, 7)
    original.unlink()
    original.write_bytes(b"other")
    assert has_changed(linked, 8)


def test_a_file_without_a_mark_never_changes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    assert not has_changed(tmp_path / "a", 1)


def test_the_owner_names_files_by_path(tmp_path: Path) -> None:
    files = [named(tmp_path / "b.png", png()), named(tmp_path / "a\\b.png", png() + b"x")]
    with (
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        session = owner.new_session()
        document = {"paths": files, "source_type": "path"}

        answer = data_of(owner.post(f"{UPLOAD}/{session}", json=document))

    assert [file["filename"] for file in answer["files"]] == ["b.png", "a\\b.png"]
    assert [file["hash"] for file in answer["files"]] == [file["sha256"] for file in files]
    assert (tmp_path / "b.png").read_bytes() == png()


def test_nobody_else_reads_files_by_path(tmp_path: Path) -> None:
    document = {"paths": [named(tmp_path / "a.png", png())], "source_type": "path"}
    with running_engine(tmp_path, fakes()) as engine, api_user(engine) as user:
        refused(user.post(f"{UPLOAD}/{user.new_session()}", json=document), 400, 400, "own user")


@pytest.mark.parametrize("path", ["gone.png", "relative.png", "folder.png", "a.txt", "text.png"])
def test_a_path_that_is_no_media_file_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder.png").mkdir()
    for name in ("a.txt", "text.png"):
        (tmp_path / name).write_text("words")
    given = path if path == "relative.png" else str(tmp_path / path)
    document = {"paths": [{"path": given, "sha256": "0" * 64}], "source_type": "path"}
    with (
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        refused(owner.post(f"{UPLOAD}/{owner.new_session()}", json=document), 415, 4001)


def test_a_render_says_what_was_changed_since(tmp_path: Path) -> None:
    file = named(tmp_path / "a.png", png())
    with (
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        session = owner.new_session()
        document = {"paths": [file], "source_type": "path"}
        data_of(owner.post(f"{UPLOAD}/{session}", json=document))
        (kept,) = (tmp_path / "engine" / "media" / session).glob("*.png")
        mark_linked(kept)  # as where the file system can't clone
        kept.write_bytes(png() + b"more")

        data_of(owner.submit(session, DRAFT, "render_1"))
        job = owner.wait_for("render_1", "completed", "failed")

    assert job["output"]["notes"][0].startswith("a.png was changed after it was added")
