"""A picture of a finished film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import OutputExistsError, RenderError, UsageError
from nemovideo.projects.exports.beside import check_beside
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.posters import FORMATS, save_poster
from tests.support.media import write_clip

FILM = OutputTarget(Path("film.mp4"))


def check(name: object, target: OutputTarget | None = FILM, *, may: bool = False) -> Path:
    return check_beside("--poster", str(name), tuple(FORMATS), target, may_replace=lambda _: may)


@pytest.mark.parametrize("name", ["poster.jpg", "poster.png"])
def test_a_poster_is_a_frame_of_the_film(tmp_path: Path, name: str) -> None:
    film = write_clip(tmp_path / "film.mp4")
    poster = check(tmp_path / "new" / name)
    save_poster(film, poster)
    with Image.open(poster) as picture:
        assert picture.size == (64, 48)
        grey = np.asarray(picture.convert("L"))
    assert int(grey.max()) - int(grey.min()) > 50


def test_what_can_be_no_poster_is_refused_before_the_work(tmp_path: Path) -> None:
    for name, target in (("p.txt", FILM), ("p.jpg", None), ("p.jpg", OutputTarget(None))):
        with pytest.raises(UsageError):
            check(tmp_path / name, target)
    (tmp_path / "p.jpg").touch()
    with pytest.raises(OutputExistsError):
        check(tmp_path / "p.jpg")
    assert check(tmp_path / "p.jpg", may=True) == tmp_path / "p.jpg"


def test_what_is_no_film_has_no_poster(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(RenderError):
        save_poster(tmp_path / "film.mp4", tmp_path / "p.jpg")
    assert not (tmp_path / "p.jpg").exists()
