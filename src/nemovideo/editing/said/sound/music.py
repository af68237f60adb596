"""How music is said, and where in the song it begins."""

from __future__ import annotations

from nemovideo.editing.model import EditError
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.sound import SetMusic, SetMusicStart, SetVolume


@frame("music", "style-name", "file")
def music(clause: Clause) -> Said | None:
    """Lo-fi music; use song.mp3 as the music; no music; other music."""
    noun = clause.take("music") is not None
    kinds = {item.name: item.kind for item in clause.scene.media}
    files = _files(clause, noun)
    mood, style = clause.family("mood"), clause.family("style")
    while clause.family("style") or clause.family("mood"):
        pass
    removes = clause.removes("off", "out", "cut")
    other = clause.take("other") is not None
    if clause.has_kind("captions") or (removes and clause.has("everything")):
        return None
    if files and not noun and not all(kinds.get(name) == "audio" for name in files):
        return None
    clause.take("add", "replace", "swap", "with", "it", "video", "background", "new", "unmute")
    clause.take("play", "move", "current-order")
    if clause.has("start", "end", "fade", "fade-in", "fade-out", "volume", "louder", "quieter"):
        return None
    ref = clause.peek_ref()
    if ref is not None and (ref.is_it or (ref.is_bare and (noun or ref.noun == "one"))):
        clause.ref()
    if files:
        clause.take("take-verb", "lasting") if not removes else None  # "take the waltz"
        clause.take("song-start")  # "instead of the song"
        if len(files) > 1:
            clause.take("then", "first-word")
            first = clause.peek_ref()
            if first is not None and first.is_ordinal and not first.noun and first.places == (0,):
                clause.ref()  # "waltz.mp3 first, then song.mp3"
        if removes:
            return None
        missing = next((name for name in files if kinds.get(name) is None), None)
        if missing is not None:
            raise EditError("no_file", name=missing)
        start = clause.duration(roles=("from", "at"))  # "use waltz.mp3 from 0:12 on"
        clause.take("from-on") if start is not None else None
        share = clause.percent()
        loud = [] if share is None else [SetVolume(of="music", volume=share)]
        begins = [] if start is None else [SetMusicStart(start_ms=start)]
        return [SetMusic(files=files), *begins, *loud]
    if removes:
        return [SetMusic(none=True)] if noun and style is None and mood is None else None
    if style is not None or mood is not None:
        return _in_style(clause, {"style": style, "mood": mood}, noun)
    if not noun:
        return None
    if other or any(item.has("replace", "other") for item in clause.items):
        return [SetMusic(other=True)]
    if clause.is_first_cut or any(item.has("add", "with") for item in clause.items):
        if clause.scene.timeline.sounds:
            return []
        return [SetMusic()]
    return None


def _files(clause: Clause, noun: bool) -> list[str]:
    """Take the names of the files that are to be heard."""
    songs = [item.name for item in clause.scene.media if item.kind == "audio"]
    if noun and len(songs) > 1 and clause.take("both"):
        clause.take("in-a-row")
        return songs  # "use both songs"
    said = list(clause.each("file"))
    is_replaced = len(said) > 1 and clause.has("replace", "swap")
    if is_replaced and said[1].role in ("by", "with", "for", "to"):
        said = said[1:]  # "replace song.mp3 by waltz.mp3"
    files = [str(file.value) for file in said]
    while noun and (text := clause.item("text")) is not None:
        files.append(str(text.value))
    return files


def _in_style(clause: Clause, wish: dict[str, str | None], noun: bool) -> Said | None:
    """Music of a style or a mood, and how loud: "soft piano at 30 %"."""
    clause.take("more", "slightly", "comparative")
    share = clause.percent()
    if share is not None and not 0 <= share <= 2:
        raise EditError("out_of_range", words=f"{share:.0%}")
    is_heard = any(item.has("background", "play") for item in clause.items)
    if not (noun or clause.is_first_cut or clause.is_alone or is_heard):
        return None
    if not noun and any(item.has("slow-down", "speed-up") for item in clause.items):
        return None  # "play the film more slowly"
    loud = [] if share is None else [SetVolume(of="music", volume=share)]
    return [SetMusic.model_validate(wish), *loud]


def _is_played(clause: Clause) -> bool:
    """Take the name of a song that is heard already: "start song.mp3 at 0:20"."""
    played = {sound.name for sound in clause.scene.timeline.sounds}
    files = [n for n, item in enumerate(clause.items) if item.kind == "file"]
    if len(files) != 1 or clause.items[files[0]].value not in played:
        return False
    clause.taken.add(files[0])
    return True


@frame("start", "song-start", "head", "duration", "clock")
def music_start(clause: Clause) -> Said | None:
    """Start the music at 0:30; skip the first 15 seconds of the song."""
    inside = clause.take("song-start") is not None
    if clause.take("music") is None and not inside and not _is_played(clause):
        return None
    if clause.has_kind("head") and clause.take("remove", "cut", "trim", "off", "out"):
        return [SetMusicStart(start_ms=int(clause.value("head")))]
    side = clause.take("start") is not None
    clause.take("play", "move", "mark", "add", "in")
    is_from = any(
        item.kind in ("duration", "clock") and item.role == "from" for item in clause.items
    )
    if not (side or inside or is_from) or clause.has("fade", "fade-in", "fade-out", "volume"):
        return None
    start = clause.duration(roles=("at", "from", "in", "to", None, "with", "after"))
    return None if start is None else [SetMusicStart(start_ms=start)]
