"""Films made of pieces that are kept: the same film, and only what changed is made anew."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from nemovideo.protocol.draft import Draft
from nemovideo.render import RenderResult, render_draft
from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.pieces.cutting import pieces_of
from nemovideo.render.film.pieces.kept import KeptPieces
from nemovideo.render.film.plan import make_plan
from nemovideo.render.picture.planes import Planes
from nemovideo.timeline.model import Timeline
from tests.render.drafts import MOTION
from tests.support.media import write_clip, write_jpeg, write_sound
from tests.support.samples.films import make_draft, picture_segment

SIZE = (96, 54)
FADE = {"name": "crossfade", "d": 400}


def film_of(*texts: str, first: str = "a.jpg", **more: Any) -> Draft:
    """Photos and a clip that cross, 6 s; a text on each of the first ones."""
    names = (first, "b.jpg", "c.mp4", "b.jpg")
    pictures = [
        picture_segment(name, 1500 * number, 1900, **({"transition": FADE} if number else {}))
        for number, name in enumerate(names)
    ]
    pictures[0]["m"]["motion"] = MOTION
    return make_draft(
        *pictures,
        texts=tuple(
            {"st": 1600 * number + 500, "d": 800, "m": {"text": text}}
            for number, text in enumerate(texts)
        ),
        sounds=(picture_segment("s.wav", 0, 6400),),
        size=SIZE,
        **more,
    )


@pytest.fixture
def media(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "media"
    folder.mkdir()
    write_jpeg(folder / "a.jpg", 200, 150)
    write_jpeg(folder / "b.jpg", 150, 200)
    write_clip(folder / "c.mp4", 96, 54, seconds=3)
    write_sound(folder / "s.wav", seconds=7)
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture
def kept(tmp_path: Path) -> KeptPieces:
    return KeptPieces(tmp_path / "pieces", 10**9)


def made(draft: Draft, media: dict[str, Path], path: Path, kept: KeptPieces) -> RenderResult:
    return render_draft(draft, media, path, kept=kept)


def in_folder(kept: KeptPieces) -> set[str]:
    return {path.name for path in kept.folder.iterdir()}


def test_a_film_of_kept_pieces_is_the_same_file(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    first = made(film_of("one", "two \U0010fffd"), media, tmp_path / "1.mp4", kept)
    there = {path: path.stat().st_ino for path in kept.folder.iterdir()}
    again = made(film_of("one", "two \U0010fffd"), media, tmp_path / "2.mp4", kept)
    alone = render_draft(film_of("one", "two \U0010fffd"), media, tmp_path / "3.mp4")
    assert first == again == alone
    assert len(first.notes) == 1  # a kept piece still says what of it is not shown
    contents = {(tmp_path / f"{number}.mp4").read_bytes() for number in (1, 2, 3)}
    assert len(contents) == 1
    assert {path: path.stat().st_ino for path in kept.folder.iterdir()} == there


@pytest.mark.parametrize(
    ("changed", "new"),
    [
        pytest.param(film_of("one", "other"), 1, id="a text"),
        pytest.param(film_of("one", "two", first="b.jpg"), 1, id="a photo"),
        pytest.param(film_of("one", "two", t0=1), 0, id="nothing that is seen"),
    ],
)
def test_only_what_changed_is_made_anew(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces, changed: Draft, new: int
) -> None:
    made(film_of("one", "two"), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    made(changed, media, tmp_path / "2.mp4", kept)
    assert len(in_folder(kept) - before) == new


def paired(**second: Any) -> Draft:
    """A clip, then two photos that share the frame, with what is said of the second; 4 s."""
    beside = {"id": "p2", "name": "b.jpg", "motion": {"name": "zoom-in", "strength": 1}, **second}
    both = picture_segment("a.jpg", 2000, 2000, motion=MOTION, beside=beside)
    return make_draft(picture_segment("c.mp4", 0, 2000), both, size=SIZE)


@pytest.mark.parametrize(
    ("second", "new"),
    [
        pytest.param({"name": "a.jpg"}, 1, id="another photo"),
        pytest.param({"look": [{"name": "sepia"}]}, 1, id="a look"),
        pytest.param({"rotation": 90}, 1, id="a turn"),
        pytest.param({"id": "p9"}, 0, id="another id"),
    ],
)
def test_the_second_picture_of_a_pair_counts(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces, second: Any, new: int
) -> None:
    made(paired(), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    made(paired(**second), media, tmp_path / "2.mp4", kept)
    assert len(in_folder(kept) - before) == new
    alone = render_draft(paired(**second), media, tmp_path / "3.mp4")
    assert alone.size_bytes == (tmp_path / "2.mp4").stat().st_size
    assert (tmp_path / "2.mp4").read_bytes() == (tmp_path / "3.mp4").read_bytes()


def test_content_of_the_second_picture_of_a_pair_counts(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    made(paired(), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    write_jpeg(media["b.jpg"], 150, 200, orientation=3)
    made(paired(), media, tmp_path / "2.mp4", kept)
    assert len(in_folder(kept) - before) == 1


def test_a_text_is_made_anew_with_all_that_lies_beneath_it(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    """What comes later beneath a text may decide how it is backed from its beginning on."""
    texts = ({"st": 0, "d": 3000, "m": {"text": "long"}},)
    photos = [picture_segment(name, 1500 * n, 1500) for n, name in enumerate(("a.jpg", "b.jpg"))]
    made(make_draft(*photos, texts=texts, size=SIZE), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    photos[1]["m"]["rotation"] = 90
    made(make_draft(*photos, texts=texts, size=SIZE), media, tmp_path / "2.mp4", kept)
    assert len(in_folder(kept) - before) == 2


def test_a_file_with_other_content_is_another_file(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    made(film_of(), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    write_jpeg(media["a.jpg"], 200, 150, orientation=3)
    made(film_of(), media, tmp_path / "2.mp4", kept)
    assert len(in_folder(kept) - before) == 1


def test_the_same_photo_under_another_name_is_no_change(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    made(film_of(), media, tmp_path / "1.mp4", kept)
    before = in_folder(kept)
    media["z.jpg"] = media["a.jpg"].rename(media["a.jpg"].with_name("z.jpg"))
    made(film_of(first="z.jpg"), media, tmp_path / "2.mp4", kept)
    assert in_folder(kept) == before


def test_damaged_pieces_are_made_anew(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    made(film_of("one"), media, tmp_path / "1.mp4", kept)
    for path in kept.folder.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    made(film_of("one"), media, tmp_path / "2.mp4", kept)
    assert (tmp_path / "1.mp4").read_bytes() == (tmp_path / "2.mp4").read_bytes()


def test_each_frame_at_a_seam_is_the_one_that_was_drawn(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    draft = film_of("one", "two", "three")
    plan = make_plan(Timeline.from_draft(draft))
    seams = [piece.start for piece in pieces_of(plan)][1:]
    wanted = {frame for seam in seams for frame in range(seam - 3, seam + 4)}
    out, drawn = Planes.blank(*SIZE), {}
    with compositor_of(plan, [(media[shot.names[0]],) for shot in plan.shots]) as compositor:
        for frame in range(plan.frame_count):
            compositor.draw(frame, out)
            drawn[frame] = out.y.copy()
    made(draft, media, tmp_path / "1.mp4", kept)
    with av.open(str(tmp_path / "1.mp4")) as container:
        frames = list(container.decode(video=0))
    assert [frame.time for frame in frames] == [float(Fraction(n, 30)) for n in range(192)]
    assert len(seams) == 3
    for number in wanted:
        found = frames[number].to_ndarray()[: SIZE[1]]
        off = [float(np.square(found.astype(float) - drawn[n]).mean()) for n in (number,)]
        assert off[0] < 20, number  # better than 35 dB
    keys = [number for number, frame in enumerate(frames) if frame.key_frame]
    assert set(seams) <= set(keys)


AGAIN = """
import sys
from pathlib import Path
from nemovideo.render import render_draft
from nemovideo.render.film.pieces.kept import KeptPieces
from tests.render.test_kept_film import film_of
folder = Path(sys.argv[1])
media = {path.name: path for path in (folder / "media").iterdir()}
kept = KeptPieces(folder / "pieces", int(sys.argv[3]))
print(render_draft(film_of("one"), media, folder / sys.argv[2], kept=kept).frame_count)
"""


def test_processes_side_by_side_do_not_hurt_each_other(
    tmp_path: Path, media: dict[str, Path], kept: KeptPieces
) -> None:
    # The second one has so little room that it throws away what the first has just made.
    limits = {"1.mp4": "1000000", "2.mp4": "20000"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AGAIN, str(tmp_path), name, limit],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, limit in limits.items()
    ]
    assert [process.communicate()[0] for process in processes] == ["192\n"] * 2
    contents = {(tmp_path / name).read_bytes() for name in limits}
    assert len(contents) == 1
    assert not [name for name in in_folder(kept) if not name.endswith(".piece")]
