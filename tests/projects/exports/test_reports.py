"""The page on a film: what is on it, and that it needs nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo.errors import RenderError
from nemovideo.projects.exports.render import ExportResult
from nemovideo.projects.exports.reports import save_report
from tests.support.media import write_clip

CHECKS = (
    {"name": "loudness", "ok": True, "value": -14.0},
    {"name": "black", "ok": False, "value": [[1.0, 2.5]]},
)


def result(path: Path, **more: object) -> ExportResult:
    given = {"checks": CHECKS, "notes": ("No font here can show <x>.",), **more}
    return ExportResult("s", "r1", str(path), 1_234_000, 3.2, **given)  # type: ignore[arg-type]


def test_a_report_shows_pictures_sound_and_checks(tmp_path: Path) -> None:
    film = write_clip(tmp_path / "a & b.mp4", seconds=2)
    save_report(film, tmp_path / "r.html", result(film))
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 12
    assert "<path" in page
    assert "a &amp; b.mp4" in page
    assert "No font here can show &lt;x&gt;." in page
    assert re.search(r"black</th><td>1.0–2.5 s</td><td class=.bad", page)
    assert not re.search(r"(src|href)=.?https?:", page)


def test_a_report_of_a_silent_film_says_so(tmp_path: Path) -> None:
    film = write_clip(tmp_path / "a.mp4", frequency=None)
    save_report(film, tmp_path / "r.html", result(film, checks=()))
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "There is none." in page
    assert "did not say what was checked" in page


def test_what_is_no_film_has_no_report(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(b"no film")
    with pytest.raises(RenderError, match="report"):
        save_report(film, tmp_path / "r.html", result(film))
    assert not (tmp_path / "r.html").exists()
