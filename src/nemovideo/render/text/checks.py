"""What of a timeline's words will not be shown, before anything is rendered; draws nothing."""

from __future__ import annotations

from nemovideo.errors import NemoError
from nemovideo.render.film.plan import make_plan
from nemovideo.render.text import segments
from nemovideo.render.text.fonts import FontBook, default_fonts
from nemovideo.render.text.layout import Typesetter
from nemovideo.render.text.reading import notes_on, read
from nemovideo.render.text.style import TextStyle, manner_of
from nemovideo.timeline.model import Timeline


def text_notes(timeline: Timeline, *, fonts: FontBook | None = None) -> tuple[str, ...]:
    """Return what of a timeline's texts a render will not show, a sentence for each.

    Of a timeline that can't be rendered nothing is said.
    """
    try:
        plan = make_plan(timeline)
    except NemoError:
        return ()
    notes: dict[str, None] = {}
    for caption in plan.captions:
        frame = (plan.width, plan.height)
        found = _notes(caption.text, caption.style, frame, fonts or default_fonts())
        notes.update(dict.fromkeys(found))
    return tuple(notes)


def _notes(text: str, style: TextStyle, frame: tuple[int, int], fonts: FontBook) -> tuple[str, ...]:
    language = segments.language_of(text)
    reading = read(text, language, fonts)
    cut = ""
    if reading.paragraphs:
        setting = Typesetter(reading.paragraphs, language, fonts).fit(manner_of(style), frame)
        cut = setting.cut
    return notes_on(reading.missing, cut, is_pale=reading.is_pale)
