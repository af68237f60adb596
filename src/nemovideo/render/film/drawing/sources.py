"""What a shot films: a photo or a clip, drawn for one frame after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from nemovideo.errors import RenderError
from nemovideo.protocol.media_types import SNIFF_BYTES, kind_of, sniff_kind
from nemovideo.render.clip.reader import ClipReader
from nemovideo.render.film.plan import Plan, Shot
from nemovideo.render.picture.camera import shows_whole
from nemovideo.render.picture.canvas import Canvas, load_canvas
from nemovideo.render.picture.files import AnimationReader, open_animation, picture_size
from nemovideo.render.picture.fit import fill, stand_whole
from nemovideo.render.picture.orientation import Orientation
from nemovideo.render.picture.planes import BLACK, Planes, colour_of
from nemovideo.timeline.names import BLUR
from nemovideo.timeline.pairs import Place, halves

_LONG_S = 2
"""A film that has run for longer when it is first seen is sought in, not decoded up to there."""


class Source(Protocol):
    """Draws a shot; frames are counted from the shot's start and only go forwards."""

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


Files = tuple[Path, ...]
"""What a shot shows: a file, or the two of a pair."""


def pictures_of(shot: Shot) -> tuple[Shot, ...]:
    """Return what shares a shot's frame, each as a shot of its own: itself, or both of a pair."""
    return tuple(replace(shot, clip=picture) for picture in shot.clip.pictures)


def find_media(shot: Shot, media: Mapping[str, Path]) -> Files:
    """Return the files of a shot's pictures.

    Raises:
        RenderError: One is not there.
    """
    return tuple(_find_file(picture, media) for picture in pictures_of(shot))


def _find_file(shot: Shot, media: Mapping[str, Path]) -> Path:
    for name in shot.names:
        path = media.get(name)
        if path is not None and path.is_file():
            return path
    raise RenderError(
        f"the file of a picture on the timeline is missing: {shot.label}",
        hint="Upload it again, or take it off the timeline.",
    )


def kind_of_shot(shot: Shot, files: Files) -> str:
    """Return ``image`` or ``video``, whatever the file is called; a pair with a film is one.

    Raises:
        RenderError: It is neither.
    """
    kinds = [_kind_of_file(*one) for one in zip(pictures_of(shot), files, strict=True)]
    return "video" if "video" in kinds else "image"


def _kind_of_file(shot: Shot, path: Path) -> str:
    with path.open("rb") as file:
        kind = sniff_kind(file.read(SNIFF_BYTES))
    kind = kind or shot.kind or kind_of(shot.label)
    if kind not in ("image", "video"):
        raise RenderError(
            f"{shot.label} stands among the pictures but is neither a picture nor a clip",
            hint="Take it off the picture track, then export again.",
        )
    return kind


def open_source(shot: Shot, files: Files, width: int, height: int) -> Source:
    """Open a shot's files for a frame of a size.

    Raises:
        NemoError: A file can't be read, or is no picture and no clip.
    """
    if len(files) == 1:
        return _open_file(shot, files[0], width, height)
    pictures = tuple(zip(pictures_of(shot), files, strict=True))
    places = halves((width, height), [_shape_of(*picture) for picture in pictures])
    with ExitStack() as opened:
        sources = []
        for picture, place in zip(pictures, places, strict=True):
            sources.append(_open_file(*picture, *place.size))
            opened.callback(sources[-1].close)
        opened.pop_all()
    return PairSource(tuple(sources), places, shot.clip.background)


def _open_file(shot: Shot, path: Path, width: int, height: int) -> Source:
    if _kind_of_file(shot, path) == "image":
        animation = open_animation(path, start_s=shot.source_start)
        if animation is not None:
            return FilmSource(animation, shot, width / height)
        return PhotoSource(load_canvas(path, shot, width, height), shot.frames)
    return FilmSource(ClipReader(path, start_s=shot.source_start), shot, width / height)


def _shape_of(shot: Shot, path: Path) -> float | None:
    """Return a photo's width divided by its height, as it is shown; None of a film."""
    if _kind_of_file(shot, path) != "image":
        return None
    width, height = Orientation.of(shot.clip).size_of(picture_size(path))
    return width / height


@dataclass(frozen=True)
class PhotoSource:
    """A photo and the camera's way over it."""

    canvas: Canvas | Planes
    """One finished frame when nothing moves."""
    frames: int

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        if isinstance(self.canvas, Planes):
            out.copy_from(self.canvas)
        else:
            self.canvas.draw(frame / max(1, self.frames - 1), out)

    def close(self) -> None:
        """Nothing is held open."""


class FilmSource:
    """The pictures of a film or an animation, fitted to the frame."""

    def __init__(self, reader: ClipReader | AnimationReader, shot: Shot, shape: float) -> None:
        begun_s = shot.source_time(max(0, -shot.start))
        if isinstance(reader, ClipReader) and begun_s > _LONG_S:
            reader.skip_to(begun_s)
        self._reader = reader
        self._shot = shot
        self._orientation = Orientation.of(shot.clip)
        size = self._orientation.size_of((reader.width, reader.height))
        self._is_whole = shows_whole(shot.clip, size, shape)

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        clip = self._shot.clip
        picture = self._orientation.apply(self._reader.frame_at(self._shot.source_time(frame)))
        if self._is_whole:
            stand_whole(picture, clip, out)
        else:
            fill(picture, clip, out)

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


@dataclass(frozen=True)
class PairSource:
    """Two pictures in one frame, each in its half."""

    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    background: str | None
    """What is between them: a colour; where it is a blurred picture, black."""

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        first, second = self.places
        between = out.region(first.right, 0, second.left, out.height)
        if first.bottom < out.height:
            between = out.region(0, first.bottom, out.width, second.top)
        is_plain = self.background in (None, BLUR)
        between.fill(BLACK if is_plain else colour_of(str(self.background)))
        for source, place in zip(self.sources, self.places, strict=True):
            source.draw(frame, out.region(*place))

    def close(self) -> None:
        """Close both."""
        for source in self.sources:
            source.close()


class Shelf:
    """Opens what the pieces of a film show, one after the other, and a photo once for all of them.

    That is done in a thread of its own.

    Args:
        paths: The files of each shot of the film's plan.
        uses: The place in that plan of each shot in each piece: photos are held until the last
            piece that shows them is done. Without any, nothing is held.
    """

    def __init__(self, paths: Sequence[Files], uses: Iterable[int] = ()) -> None:
        self.paths = paths
        self._uses = Counter(uses)
        self._photos: dict[int, Source] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="nemo-load")

    def open(self, number: int, shot: Shot, size: tuple[int, int]) -> Future[Source]:
        """Open a shot as `open_source` does."""
        return self._thread.submit(self._open, number, shot, size)

    def fetch(self, numbers: Iterable[int], plan: Plan) -> None:
        """Open the photos of a piece that comes soon; what can't be opened is told by `open`."""
        for number, shot in zip(numbers, plan.shots, strict=True):
            self._thread.submit(self._fetch, number, shot, (plan.width, plan.height))

    def end(self, numbers: Iterable[int]) -> None:
        """Let go of what no other piece shows than the one with these shots, which is done."""
        self._thread.submit(self._end, tuple(numbers))

    def close(self) -> None:
        """Open nothing more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _open(self, number: int, shot: Shot, size: tuple[int, int]) -> Source:
        source = self._photos.get(number)
        if source is None:
            source = open_source(shot, self.paths[number], *size)
            if _is_held(source) and self._uses[number]:
                self._photos[number] = source
        return source

    def _fetch(self, number: int, shot: Shot, size: tuple[int, int]) -> None:
        if self._uses[number] and kind_of_shot(shot, self.paths[number]) == "image":
            self._open(number, shot, size).close()

    def _end(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._uses[number] -= 1
            if not self._uses[number]:
                self._photos.pop(number, None)


def _is_held(source: Source) -> bool:
    """Return whether nothing in it is a film, so that it may be drawn again from any frame on."""
    if isinstance(source, PairSource):
        return all(map(_is_held, source.sources))
    return isinstance(source, PhotoSource)
