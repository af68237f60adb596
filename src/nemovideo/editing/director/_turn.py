"""One message carried out: the timeline made or changed, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.director._orders import exact_edits, order_of
from nemovideo.editing.director._questions import answer_of, question_of
from nemovideo.editing.edits import apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut, usual_steps
from nemovideo.editing.frame import SetCanvas
from nemovideo.editing.layout import laid_out, steps_of
from nemovideo.editing.model import Edit, EditError, Media, Outcome, ToolCall
from nemovideo.editing.picture import Pair
from nemovideo.editing.reading.items import Scene
from nemovideo.editing.reading.reader import read_message
from nemovideo.editing.reading.result import Reading
from nemovideo.editing.replies import Speaker
from nemovideo.editing.sound import SetMusic
from nemovideo.language.tokens import tokenize
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline import describe_changes
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.wire import to_draft


def spoken_language(message: str, fallback: str) -> str:
    """Return the language of a message; the other one when it has no letters."""
    return tokenize(message)[1].code if any(map(str.isalpha, message)) else fallback


class Turn:
    """Carries one message out; see `direct` for what it takes."""

    def __init__(
        self,
        message: str,
        media: Media,
        draft: JsonObject | None,
        language: str,
        title: str,
        *,
        strict: bool,
    ) -> None:
        self._message = message
        self._media = media
        self._files = [item for item in media if item.kind != "pack"]
        self._draft = draft
        self._strict = strict
        self._title = title
        self._before = Timeline.from_draft(draft)
        self._has_cut = bool(self._before.clips)
        self._speaker = Speaker(language)

    def run(self, question: JsonObject | None) -> Outcome:
        """Carry it out.

        Args:
            question: What was asked back by the turn before.
        """
        exact = exact_edits(self._message)
        order = None if exact is not None else order_of(self._message)
        if order is not None:
            self._message = order.prompt
            self._media = [*self._media, *order.texts]
            self._files += order.texts
        try:
            if exact is not None:
                return self._apply_exactly(exact)
            self._speaker = Speaker(spoken_language(self._message, self._speaker.language))
            base = self._before if self._has_cut else first_cut(self._files, self._title)
        except EditError as exc:
            history = read_message(self._message, Scene(self._before, self._files)).history
            if history is not None:
                return Outcome(None, "", history=history)
            reply = self._speaker.sentence(exc.key, **exc.values)
            return Outcome(None, reply, error=reply if exact is not None else None)
        if order is not None and order.edits is not None:
            return self._make_to_order(order.edits)
        chosen = answer_of(self._message, question) if question else None
        if chosen is not None:
            return self._finish(
                base, Reading(self._speaker.language, edits=list(chosen), is_understood=True)
            )
        scene = Scene(base, self._files)
        reading = read_message(self._message, scene, is_first_cut=not self._has_cut)
        if reading.is_new_cut and self._has_cut:
            return self._begin_anew()
        return self._finish(base, reading)

    def _make_to_order(self, document: object) -> Outcome:
        """Make a first cut with edits that are given exactly, and what is said besides."""
        base = first_cut(self._files, self._title)
        if self._message.strip():
            reading = read_message(self._message, Scene(base, self._files), is_first_cut=True)
        else:
            reading = Reading(self._speaker.language)
        reading.is_new_cut = True
        reading.edits += parse_edits(document)
        return self._finish(base, reading)

    def _apply_exactly(self, document: object) -> Outcome:
        edits = [edit.in_language(self._speaker.language) for edit in parse_edits(document)]
        base = self._before
        if not self._has_cut:
            base = first_cut(self._files, self._title)
        after = apply_edits(base, edits, self._media)
        reading = Reading(self._speaker.language, is_understood=True)
        return self._outcome(after, edits, [], reading)

    def _begin_anew(self) -> Outcome:
        """Make a new first cut although there is one: the message asks for a video."""
        base = first_cut(self._files, self._title)
        scene = Scene(base, self._files)
        again = read_message(self._message, scene, is_first_cut=True)
        return self._finish(base, again)

    # Doing it

    def _finish(self, base: Timeline, reading: Reading) -> Outcome:
        speaker = self._speaker
        missing = self._not_done(reading)
        if self._strict and missing:
            reply = speaker.sentence("strict", words=speaker.quoted(missing))
            return Outcome(None, reply, not_understood=tuple(missing))
        if reading.history is not None:
            return Outcome(None, "", history=reading.history)
        done: list[Edit] = []
        notes: list[str] = []
        after = base
        for wish in self._in_order(reading.edits, base):
            edit = wish.in_language(speaker.language)
            try:
                after, note = self._applied(after, edit, reading)
                done.append(edit)
                notes += note
            except EditError as exc:
                notes.append(speaker.sentence(exc.key, **exc.values))
        notes += [speaker.sentence(key, **values) for key, values in reading.problems]
        if not self._has_cut and not (done or reading.is_new_cut):
            after = self._before
        return self._outcome(after, done, notes, reading)

    def _in_order(self, edits: Sequence[Edit], base: Timeline) -> list[Edit]:
        """Return edits so that a first cut comes out as asked: what is there before how long.

        The frame comes before who shares it; a first cut in which upright photos do is wide.
        """
        pairs = [edit for edit in edits if isinstance(edit, Pair)]
        if pairs and self._has_cut:
            return sorted(edits, key=lambda edit: edit.do != "canvas")
        if self._has_cut:
            return list(edits)
        width, height = base.canvas.size
        if height > width and any(one.clips is None and one.kind != "wide" for one in pairs):
            edits = [SetCanvas(aspect="16:9"), *edits]
        late = {"pair": 1, "length": 1, "fit_to_music": 1, "text": 2, "edit_text": 2}
        late |= {"cut_to_beat": 3, "caption_names": 2, "caption_dates": 2, "caption_places": 2}
        return sorted(edits, key=lambda edit: late.get(edit.do, 0))

    def _applied(
        self, timeline: Timeline, edit: Edit, reading: Reading
    ) -> tuple[Timeline, list[str]]:
        """Apply an edit; in a first cut what can't be in full is done as far as it can be."""
        speaker = self._speaker
        try:
            after = edit.apply(timeline, self._media)
        except EditError as exc:
            is_new = not self._has_cut or reading.is_new_cut
            if not is_new:
                raise
            if exc.key == "no_joint" and len(timeline.clips) == 1:
                return timeline, []
            if exc.key == "too_short":
                return self._thinned(timeline, edit)
            if exc.key == "transition_too_long":
                shorter = edit.model_copy(update={"duration_ms": None})
                after = shorter.apply(timeline, self._media)
                longest = max((clip.overlap_ms for clip in after.clips), default=0)
                note = speaker.sentence(
                    "transition_shortened",
                    seconds=float(exc.values["seconds"]),
                    most=longest / 1000,
                )
                return after, [note]
            raise
        if edit.do == "transition" and (not self._has_cut or reading.is_new_cut):
            return self._paced(timeline, after), []
        if edit.do == "length" and len(after.clips) > len(timeline.clips):
            return after, [speaker.sentence("films_repeat")]
        return after, []

    def _paced(self, before: Timeline, after: Timeline) -> Timeline:
        """Let films play whole in a first cut whose transitions were chosen, if none was cut."""
        if steps_of(before) != usual_steps(before.clips, self._media):
            return after
        return laid_out(after, after.clips, usual_steps(after.clips, self._media), self._media)

    def _thinned(self, timeline: Timeline, edit: Edit) -> tuple[Timeline, list[str]]:
        """Show evenly chosen photos where a length can't hold all of them."""
        total_ms = getattr(edit, "duration_ms", None) or 0
        clips = timeline.clips
        room = max(total_ms // 500, 1)
        places = [place * len(clips) // room + 1 for place in range(room)]
        kept = apply_edits(timeline, parse_edits({"do": "keep", "clips": places}), self._media)
        after = edit.apply(kept, self._media)
        note = self._speaker.sentence(
            "too_many_photos", seconds=total_ms / 1000, count=len(clips), used=room
        )
        return after, [note]

    # Saying it

    def _not_done(self, reading: Reading) -> list[str]:
        missing = [*reading.not_understood, *reading.questions, *reading.conditions]
        return missing + reading.unclear

    def _outcome(
        self, after: Timeline, done: Sequence[Edit], notes: Sequence[str], reading: Reading
    ) -> Outcome:
        speaker = self._speaker
        notes = [*notes, *self._composed_for_mood(done, after)]
        draft = to_draft(after) if after.clips else None
        changed = draft is not None and draft != self._draft
        missing = self._not_done(reading)
        said: list[str] = []
        changes: tuple[str, ...] = ()
        if changed and not self._has_cut:
            said.append(speaker.say("made", summary=after.summary()) + speaker.say("stop"))
        elif changed:
            said.append(speaker.say("changed"))
            changes = describe_changes(self._draft, draft, language=speaker.language)
        elif done or (
            reading.is_understood
            and not missing
            and not notes
            and not reading.choices
            and not reading.left_alone
        ):
            said.append(speaker.say("already"))
        said += notes
        remarks = self._remarks(reading, changed=changed or bool(notes))
        question = None
        if reading.choices:
            labels = [f"{n}. {choice.label}" for n, choice in enumerate(reading.choices, 1)]
            said.append(speaker.say("which", choices=speaker.say("comma").join(labels)))
            said.append(speaker.say("which_answer"))
            question = question_of(reading.choices)
        said += remarks
        is_silent = changed and self._has_cut and len(done) == 1 and not remarks and not notes
        return Outcome(
            draft if changed else None,
            speaker.join(said),
            tuple(
                ToolCall(f"edit_{edit.do}", edit.model_dump(exclude_none=True), {"ok": True})
                for edit in done
            ),
            is_silent=is_silent and question is None,
            not_understood=tuple(missing),
            notes=tuple(notes),
            changes=changes,
            question=question,
        )

    def _composed_for_mood(self, done: Sequence[Edit], after: Timeline) -> list[str]:
        """Say that music was composed where a mood was wished and no tracks are installed."""
        chosen = [edit for edit in done if isinstance(edit, SetMusic)]
        moods = [edit.mood for edit in chosen if edit.mood and not edit.style]
        style = next((sound.style for sound in after.sounds if sound.kind == "composed"), None)
        if not moods or style is None or len(self._files) < len(self._media):
            return []
        return [self._speaker.sentence("mood_composed", mood=moods[-1], style=style)]

    def _remarks(self, reading: Reading, *, changed: bool) -> list[str]:
        speaker, said = self._speaker, []
        for key, words in (
            ("question_only", reading.questions),
            ("condition", reading.conditions),
            ("negation", reading.left_alone),
            ("needs_eyes", reading.unseen),
        ):
            if words:
                said.append(speaker.say(key, words=speaker.quoted(words)))
        unknown = [words for words in reading.not_understood if words not in reading.unseen]
        if unknown and (changed or said or reading.choices):
            said.append(speaker.say("partly", words=speaker.quoted(unknown)))
        elif unknown:
            said.append(speaker.say("nothing_understood_words", words=speaker.quoted(unknown)))
        if unknown and not changed and not reading.choices:
            said.append(speaker.say("help" if self._has_cut else "help_first"))
        if not said and not changed and not reading.is_understood and not reading.problems:
            said = [
                speaker.say("nothing_understood"),
                speaker.say("help" if self._has_cut else "help_first"),
            ]
        return said
