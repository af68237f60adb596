"""A message as edits: its sentences, their clauses, the frame that each clause fills. Pure.

A clause is understood when every word of it that carries meaning has found its place in one frame.
Otherwise it changes nothing and its words are named; the other clauses are done. Questions,
conditions and negations are not edits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from nemovideo.editing.first_cut import FirstCut
from nemovideo.editing.model import Edit, EditError, HistoryStep
from nemovideo.editing.reading.carried import about_of, amended, is_of_list, leans, without_pronouns
from nemovideo.editing.reading.items import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.pieces import (
    ENDS,
    OWN_TARGET,
    about_one_clip,
    adds_text,
    begins_with_order,
    begins_with_verb,
    bounds,
    goes_elsewhere,
    has_own_target,
    is_address,
    is_complaint,
    is_idle,
    is_it,
    is_question_mark,
    is_statement,
    is_value,
    names_subject,
    pieces_of,
    sentences_of,
    subject_of,
    target_of,
    with_lengths,
)
from nemovideo.editing.reading.reasons import without_reason
from nemovideo.editing.reading.result import Choice, Reading, Remark
from nemovideo.editing.reading.roles import items_of
from nemovideo.editing.reading.settled import beyond_removed, settle
from nemovideo.editing.reading.unquoted import with_unquoted
from nemovideo.editing.said import FRAMES
from nemovideo.editing.said.clause import Clause, Said, UnclearError
from nemovideo.editing.sound import (
    SetDucking,
    SetMusic,
    SetMusicStart,
    SetSoundFades,
    SetVolume,
)
from nemovideo.language.tokens import MAX_CHARS, tokenize
from nemovideo.language.values import read_values

_MOST_PIECES = 10
"""So many pieces between conjunctions one wish may run over."""


@dataclass(frozen=True)
class _Match:
    said: Said
    items: Sequence[Item]
    count: int
    verbs: tuple[Item, ...] = ()
    target: Item | None = None
    subject: Item | None = None
    """The music or the words that it is about."""


def read_message(message: str, scene: Scene, *, is_first_cut: bool = False) -> Reading:
    """Read a message; any text will do.

    Args:
        message: What the user wrote.
        scene: The timeline before it, and the session's files.
        is_first_cut: Whether there was no timeline yet, so that any wish makes one.
    """
    tokens, lexicon = tokenize(message, names=_names(scene))
    shown = {caption.label or "" for caption in scene.timeline.captions}
    tokens = with_unquoted(read_values(tokens), shown)
    reading = Reading(lexicon.code)
    source = unicodedata.normalize("NFC", message[:MAX_CHARS])
    items = items_of(tokens, scene)
    said = list(sentences_of(items))
    for sentence in said:
        _Sentence(sentence, scene, reading, len(said) == 1, is_first_cut, source).read()
    if len(message) > MAX_CHARS:
        reading.not_understood.append(message[MAX_CHARS:])
    settle(reading, scene)
    return reading


def _names(scene: Scene) -> dict[str, str]:
    """Return the names to look out for: of files, and those without endings that are no words."""
    files = [clip.name or "" for clip in scene.timeline.clips]
    files += [item.name for item in scene.media]
    names: dict[str, str] = {}
    for name in filter(str.strip, files):
        stem = PurePath(name).stem
        if len(stem) > 2 and not stem.isalpha():
            names.setdefault(stem, name)
    return names | {name: name for name in files if name.strip()}


class _Sentence:
    def __init__(
        self,
        items: Sequence[Item],
        scene: Scene,
        reading: Reading,
        is_alone: bool,
        is_first_cut: bool,
        source: str,
    ) -> None:
        self._all = items
        self._source = source
        self._items = [item for item in items if not (item.kind == "punct" and item.value in ENDS)]
        self._scene = scene
        self._reading = reading
        self._is_alone = is_alone
        self._is_first_cut = is_first_cut
        self._before: _Match | None = None
        self._has_told_story = False
        self._is_lost = False  # whether nothing is known of what the clause before was about
        """Whether a clause was not understood that did not even begin like a wish."""
        self._found: dict[tuple[int, ...], _Match | Exception | None] = {}

    def read(self) -> None:
        """Add what the sentence says to the reading."""
        meaningful = [
            item for item in self._items if not item.has("filler", "and") and item.kind != "punct"
        ]
        if not meaningful:
            return
        text = self._text(self._items)
        self._items, joined = without_reason(self._items, self._is_wish)
        self._reading.not_understood += map(self._text, joined)
        if self._is_question():
            self._reading.questions.append(text)
        elif self._is_condition():
            self._reading.conditions.append(text)
        else:
            self._read_pieces()

    def _text(self, items: Sequence[Item]) -> str:
        """Return a clause as it was written."""
        start, end = bounds(items)
        return self._source[start:end]

    def _is_question(self) -> bool:
        concepts = [item for item in self._items if item.kind == "concept"]
        said = [item for item in self._items if item.kind != "punct"]
        first = next(
            (item for item in said if not is_address(item) and not is_question_mark(item)), None
        )
        if first is not None and first.has("asks-kindly"):  # "can the last photo stay longer?"
            self._items = [item for item in self._items if item is not first]
            return False
        asks = first is not None and first.kind == "concept" and first.has("question")
        if not asks and any(item.has("polite-question") for item in concepts):
            return False
        if asks or any(item.has("asks") for item in concepts):
            return True
        return any(map(is_question_mark, self._all))

    def _is_condition(self) -> bool:
        """Return whether something is wished only in some case, and that is not the wish itself."""
        has_if = any(item.kind == "concept" and item.has("if") for item in self._items)
        return has_if and not self._score(self._items, self._is_alone)

    # Pieces

    def _read_pieces(self) -> None:
        if not self._asks_for_video():
            self._read_part(self._items, self._is_alone)
            return
        self._reading.is_new_cut = True
        self._reading.is_understood = True
        self._is_first_cut = True
        for part in self._without_creation():
            self._read_part(part, is_alone=False)

    def _read_part(self, items: Sequence[Item], is_alone: bool) -> None:
        pieces = pieces_of(items, is_free=self._is_first_cut)
        is_alone = is_alone and len(pieces) == 1
        for start, end in self._best_cover(pieces, is_alone):
            part = [item for piece in pieces[start:end] for item in piece]
            self._take(part, is_alone)

    def _asks_for_video(self) -> bool:
        concepts = [item for item in self._items if item.kind == "concept"]
        creates = any(item.has("create") for item in concepts) or self._turns_into()
        shows = any(item.has("video") for item in concepts)
        if any(item.has("not", "title-noun") for item in concepts):
            return False
        return creates and shows

    def _turns_into(self) -> bool:
        """Return whether photos shall become something: "turn these photos into …"."""
        refs = [item.value for item in self._items if isinstance(item.value, Ref)]
        is_whole = any(ref.is_bare or (ref.is_all and not ref.is_it) for ref in refs)
        makes = any(item.kind == "concept" and item.has("make") for item in self._items)
        return (
            is_whole and makes and any(item.role == "to" or item.has("to") for item in self._items)
        )

    def _without_creation(self) -> list[list[Item]]:
        """Take away what asks for a video, of how many photos.

        Returns:
            What is left before the word for the video, and behind it: wishes of their own.
        """
        parts: list[list[Item]] = [[]]
        lasting = with_lengths(self._items)
        for place, item in enumerate(self._items):
            following = self._items[place + 1] if place + 1 < len(self._items) else None
            if (item.kind == "concept" and item.has("create", "video")) or (
                isinstance(item.value, Ref)
                and id(item) not in lasting
                and (item.value.is_bare or item.value.is_all or item.value.is_it)
            ):
                parts.append([])
            elif (
                item.kind == "number" and following is not None and isinstance(following.value, Ref)
            ):
                self._check_count(item, following)
            elif item.kind == "concept" and item.has("one-article", "these", "new", "other"):
                continue
            else:
                parts[-1].append(item)
        return parts

    def _check_count(self, number: Item, noun: Item) -> None:
        count = len(noun.value.places) if noun.value.noun in ("photo", "clip") else None
        kinds = {"photo": False, "clip": True}
        if noun.value.noun in kinds:
            films = kinds[noun.value.noun]
            count = sum(clip.is_film is films for clip in self._scene.timeline.clips)
        if count is not None and number.value != count:
            self._reading.not_understood.append(f"{number.raw} {noun.raw}")

    def _best_cover(
        self, pieces: Sequence[Sequence[Item]], is_alone: bool
    ) -> list[tuple[int, int]]:
        """Return how to join pieces to clauses so that the most is understood."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        """How much of the first pieces is understood at most, and where the last clause begins."""
        for end in range(1, len(pieces) + 1):
            options = []
            for start in range(max(0, end - _MOST_PIECES), end):
                part = [item for piece in pieces[start:end] for item in piece]
                score = self._score(part, is_alone)
                if end - start > 1 and (score == 0 or self._loses(pieces[start:end], is_alone)):
                    continue
                options.append((best[start][0] + score - 0.01, start))
            best.append(max(options, key=lambda option: option[0]))
        cuts, end = [], len(pieces)
        while end:
            cuts.append((best[end][1], end))
            end = best[end][1]
        return cuts[::-1]

    def _loses(self, pieces: Sequence[Sequence[Item]], is_alone: bool) -> bool:
        """Return whether pieces say more, each by itself, than they do together."""
        try:
            whole = self._match([item for piece in pieces for item in piece], is_alone)
            each = [self._match(piece, is_alone) for piece in pieces]
        except (EditError, UnclearError):
            return False
        found = [edit for match in each if match for edit in _edits(match.said)]
        joined = [] if whole is None else _edits(whole.said)
        return all(each) and len(found) > len(joined) and all(edit in found for edit in joined)

    def _is_wish(self, items: Sequence[Item]) -> bool:
        """Return whether something of it is understood, whatever the rest is."""
        pieces = pieces_of(items, is_free=False)
        parts = self._best_cover(pieces, self._is_alone)
        return any(
            self._score([item for piece in pieces[start:end] for item in piece], self._is_alone)
            for start, end in parts
        )

    def _score(self, part: Sequence[Item], is_alone: bool) -> float:
        try:
            match = self._match(part, is_alone)
        except UnclearError:
            return len(part)
        except EditError:
            return len(part) * 0.5
        return match.count if match else 0

    def _match(
        self, part: Sequence[Item], is_alone: bool, extra: Sequence[Item] = ()
    ) -> _Match | None:
        """Return the frame that a clause fills; what was found once is remembered."""
        items = (*extra, *part)
        key = (is_alone, *map(id, items))
        if key not in self._found:
            try:
                self._found[key] = self._first_match(items, len(part), is_alone)
            except (EditError, UnclearError) as exc:
                self._found[key] = exc
        found = self._found[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _first_match(self, items: Sequence[Item], count: int, is_alone: bool) -> _Match | None:
        if any(item.kind == "word" for item in items) or is_statement(items):
            return None  # no frame has a place for an unknown word
        called = {
            number for item in items for name in _calls(item) for number in _BY_CALL.get(name, ())
        }
        problem: Exception | None = None
        for number in sorted(called):
            frame = FRAMES[number]
            clause = Clause(items, self._scene, is_alone, self._is_first_cut)
            try:
                said = frame.build(clause)
            except (EditError, UnclearError) as exc:
                # A reference may be at fault only when the rest of the clause fits.
                if not clause.rest or _is_only_problem(clause):
                    problem = problem or exc
                continue
            except ValueError:
                continue
            if said is not None and not clause.rest:
                return _matched(said, clause, count)
        if problem is not None:
            raise problem
        return None

    def _take(self, part: Sequence[Item], is_alone: bool) -> None:
        """Carry a clause over to the reading."""
        if all(is_idle(item) for item in part):
            return
        reading = self._reading
        part = beyond_removed(part, reading, self._scene)
        remark, reading.remark = reading.remark, None
        if self._amends(part) or (remark is not None and self._answers(remark, part, is_alone)):
            return
        is_wish = begins_with_order(part) or any(
            item.kind == "concept" and item.has(*VERBS, "add") for item in part
        )
        is_named = has_own_target(part) or names_subject(part)
        is_rest = self._is_lost and is_value(part)  # "swap the gribbles, half a second each"
        if is_rest or (self._has_told_story and not (is_wish or is_named)):
            self._explain(part, is_alone)  # the end of what was no wish at its beginning
            return
        try:
            match = self._with_inheritance(part, is_alone)
        except UnclearError as exc:
            choices = self._choices(part, is_alone, exc)
            reading.choices += choices
            reading.is_understood = reading.is_understood or bool(choices)
            if choices:
                reading.unclear.append(self._text(part))
            else:
                self._explain(part, is_alone)
            return
        except EditError as exc:
            reading.problems.append((exc.key, exc.values))
            return
        if match is not None and reading.lacks_clip and not names_subject(part):
            match = None
        if match is None:
            self._look_for_lack(part, is_alone)
            if self._is_correction(part) or self._says_again(part) or self._continues_list(part):
                return
            self._explain(part, is_alone)
            self._has_told_story = self._has_told_story or not begins_with_verb(part)
            is_other = any(item.has("transition") for item in part)
            target, subject = None if is_other else target_of(part), subject_of(part)
            if subject is not None and not adds_text(part):
                reading.subject = subject
            if target or subject or is_complaint(part):  # what follows may be meant for it, too
                self._before = _Match([], part, 0, (), target, subject)
            about = about_of(part)
            self._is_lost = self._before is None and not about
            if about:
                reading.remark = Remark(about, self._text(part), is_complaint(part))
            return
        self._add(match, part)

    def _add(self, match: _Match, part: Sequence[Item]) -> None:
        reading = self._reading
        reading.is_understood = True
        if any(map(is_it, part)):
            reading.loose.append((match.said, self._text(part)))
        self._before, self._is_lost = match, False
        reading.subject = match.subject or reading.subject
        if isinstance(match.said, HistoryStep):
            reading.history, reading.history_text = match.said, self._text(part)
            return
        reading.edits += match.said

    def _look_for_lack(self, part: Sequence[Item], is_alone: bool) -> None:
        """Note that a clip is meant and none is named: "put it last", "and mute it" is of it, too.

        What was understood of "it" before is taken back.
        """
        has_target = self._before is not None and self._before.target is not None
        is_vain = not self._scene.timeline.clips or self._reading.lacks_clip
        if names_subject(part) or has_target or is_vain:
            return
        try:
            match = self._match(about_one_clip(part), is_alone)
        except (EditError, UnclearError):
            return
        if match is None or isinstance(match.said, HistoryStep) or not _places(match.said):
            return
        self._reading.lacks_clip = True
        for said, text in self._reading.loose:
            self._withdraw(said)
            self._reading.not_understood.append(text)

    def _amends(self, part: Sequence[Item]) -> bool:
        """Give the wish before the length that this clause says."""
        before = self._before
        if before is None or isinstance(before.said, HistoryStep):
            return False
        if (said := amended(before.said, part)) is None:
            return False
        self._withdraw(before.said)
        self._add(replace(before, said=said), part)
        return True

    def _answers(self, remark: Remark, part: Sequence[Item], is_alone: bool) -> bool:
        """Read "it's only fun from 3 to 9 seconds. Just use that bit": what a remark was for."""
        if not leans(part):
            return False
        try:
            if all(isinstance(one.value, Ref) for one in remark.about) and self._match(
                part, is_alone
            ):
                return False  # it needs no clip
            match = self._match([*without_pronouns(part), *remark.about], is_alone)
        except (EditError, UnclearError):
            match = None
        if match is None and remark.is_complaint and any(map(is_it, part)):
            self._explain(part, is_alone)
            return True
        if match is None:
            return False
        if remark.text in self._reading.not_understood:
            self._reading.not_understood.remove(remark.text)
        self._add(match, part)
        return True

    def _is_correction(self, part: Sequence[Item]) -> bool:
        """Do again with another target: "make it shorter, the lake I mean"."""
        before, target = self._before, target_of(part)
        is_one = any(item.has("correction") for item in part if item.kind == "concept")
        if not is_one or before is None or isinstance(before.said, HistoryStep):
            return False
        self._withdraw(before.said)
        match = None
        if target is not None and any(
            item is before.target or is_it(item) for item in before.items
        ):
            again = [
                replace(item, value=target.value) if item is before.target or is_it(item) else item
                for item in before.items
            ]
            match = self._match(again, is_alone=False)
        if match is None:
            self._reading.not_understood.append(self._text([*before.items, *part]))
        elif not isinstance(match.said, HistoryStep):
            self._reading.edits += match.said
        self._before = match
        return True

    def _withdraw(self, said: Said) -> None:
        taken = [] if isinstance(said, HistoryStep) else said
        edits = self._reading.edits
        self._reading.edits = [edit for edit in edits if all(edit is not one for one in taken)]

    def _says_again(self, part: Sequence[Item]) -> bool:
        """Return whether "drop the rest" stands behind "keep only 2 and 4"."""
        said = self._before.said if self._before else []
        if isinstance(said, HistoryStep) or not said or said[-1].do != "keep":
            return False
        is_rest = all(is_idle(item) or item.has("remove", "out", "rest", "all") for item in part)
        return is_rest and any(item.has("rest") for item in part)

    def _continues_list(self, part: Sequence[Item]) -> bool:
        """Withdraw what names only the beginning of a list: "keep 1, 2 and the gribble"."""
        before = self._before
        has_verb = any(item.kind == "concept" and item.has(*VERBS, "add") for item in part)
        is_strange = any(item.kind == "word" for item in part) or not is_of_list(part)
        if before is None or has_verb or is_strange or isinstance(before.said, HistoryStep):
            return False
        if not before.said or any(edit.do not in _LISTING for edit in before.said):
            return False
        self._withdraw(before.said)
        self._reading.not_understood.append(self._text([*before.items, *part]))
        self._before = None
        return True

    def _with_inheritance(self, part: Sequence[Item], is_alone: bool) -> _Match | None:
        """Read a clause by itself, or with what the clause before it named."""
        before, subject = self._before, self._reading.subject
        if subject is not None and any(is_it(item) for item in part):
            match = self._match([subject if is_it(item) else item for item in part], is_alone)
            if match is not None:
                return match
        has_target = has_own_target(part)
        is_free = not has_target and not any(item.kind == "captions" for item in part)
        if before is not None and not before.said and is_free and is_complaint(before.items):
            return self._against(before, part, is_alone)
        if before is not None and before.target is not None and not has_target:
            match = self._match([*part, before.target], is_alone)
            if (
                match is not None
                and not isinstance(match.said, HistoryStep)
                and _inherits(match.said)
            ):
                return match
        match = self._match(part, is_alone)
        if before is not None and before.subject is not None and (before.said or match):
            match = self._of_the_same(part, is_alone, before) or match
        is_other = any(i.has("only", "keep", "as-is") for i in part) or goes_elsewhere(part)
        if match is None and before is not None and before.verbs and not is_other:
            about = [] if has_target or before.target is None else [before.target]
            match = self._match([*part, *about], is_alone, before.verbs)
        if match is None and before is not None and before.subject is not None and is_free:
            is_open = not before.said and not adds_text(before.items)
            match = self._match([*part, before.subject], is_alone) if is_open else None
        return match

    def _against(self, before: _Match, part: Sequence[Item], is_alone: bool) -> _Match | None:
        """Read "the first is too long, shorten it": what helps against a complaint."""
        video = next((item for item in before.items if item.has("video")), None)
        for about in (before.target, before.subject, video):
            if about is not None and (match := self._match([*part, about], is_alone)) is not None:
                return match
        return None

    def _of_the_same(self, part: Sequence[Item], is_alone: bool, before: _Match) -> _Match | None:
        """Read "fade the music in, then out": what goes on with the music or words before it."""
        assert before.subject is not None
        is_own = subject_of(part) is not None or any(item.has(*OWN_TARGET) for item in part)
        if isinstance(before.said, HistoryStep) or is_own:
            return None
        try:
            match = self._match([*part, before.subject], is_alone)
        except (EditError, UnclearError):
            if before.said:
                return None
            raise
        if match is None or isinstance(match.said, HistoryStep):
            return None
        edits = (*match.said, *before.said)
        kinds = {type(edit) for edit in edits}
        if any(isinstance(edit, SetMusic) and edit.none for edit in edits):
            return None
        return match if len(kinds) == 1 or kinds <= _OF_SOUND else None

    def _explain(self, part: Sequence[Item], is_alone: bool) -> None:
        """Say why a clause is no edit: a negation, a thing to be kept, or not understood."""
        reading = self._reading
        text = self._text(part)
        without = [item for item in part if not (item.kind == "concept" and item.has("not"))]
        if len(without) < len(part) and without:
            try:
                if self._match(without, is_alone) is not None:
                    reading.left_alone.append(text)
                    reading.is_understood = True
                    return
            except (EditError, UnclearError):
                pass
        if any(
            item.kind == "concept" and item.has("keep", "as-is") for item in part
        ) and self._keeps(part):
            reading.left_alone.append(text)
            reading.is_understood = True
            return
        if any(item.kind == "concept" and item.has("eyes") for item in part):
            reading.unseen.append(text)
        reading.not_understood.append(text)

    def _keeps(self, part: Sequence[Item]) -> bool:
        """Return whether a clause only says what shall stay; clips in it are exceptions."""
        for item in part:
            if isinstance(item.value, Ref):
                if item.value.problem or item.value.choices:
                    return False
                self._reading.kept.update(item.value.places)
            elif not (
                item.kind in ("punct", "captions")
                or item.has("keep", "as-is", *_KEEPABLE)
                or is_idle(item)
            ):
                return False
        return True

    def _choices(self, part: Sequence[Item], is_alone: bool, unclear: UnclearError) -> list[Choice]:
        found = []
        for place in unclear.places:
            chosen = [
                replace(item, value=unclear.chosen(place)) if item is unclear.item else item
                for item in part
            ]
            try:
                match = self._match(chosen, is_alone)
            except (EditError, UnclearError):
                continue
            if match is not None and not isinstance(match.said, HistoryStep):
                found.append(Choice(unclear.label(place, self._scene.timeline), tuple(match.said)))
        return found


_OF_SOUND = {SetDucking, SetMusic, SetMusicStart, SetSoundFades, SetVolume}
_LISTING = ("keep", "remove", "order")
"""Edits of which half a list would do something else than the whole."""
_KEEPABLE = (
    *("music", "title", "caption", "text", "transition", "order", "length", "video", "it", "sound"),
    *(
        "motion",
        "shape",
        "speed",
        "filter",
        "background",
        "volume",
        "color",
        "normal",
        "rest",
        "all",
    ),
    *("photo", "clip", "current-order", "same", "subtitle", "size", "position", "lasting"),
)


def _edits(said: Said) -> Sequence[Edit]:
    return () if isinstance(said, HistoryStep) else said


def _by_call() -> dict[str, list[int]]:
    """Return the places of the frames that each concept or kind of item calls."""
    found: dict[str, list[int]] = {}
    for number, frame in enumerate(FRAMES):
        for name in frame.calls:
            found.setdefault(name, []).append(number)
    return found


_BY_CALL = _by_call()


def _matched(said: Said, clause: Clause, count: int) -> _Match:
    taken = [item for place, item in enumerate(clause.items) if place in clause.taken]
    verbs = tuple(item for item in taken if item.kind == "concept" and item.role is None)
    subject = subject_of(taken)
    if subject is None and isinstance(said, list) and any(isinstance(e, SetMusic) for e in said):
        subject = Item("concept", 0, 0, concepts=frozenset(("music",)))  # named by its file
    return _Match(said, clause.items, count, verbs, target_of(taken), subject)


def _inherits(said: Sequence[Edit]) -> bool:
    """Return whether edits are of a kind that goes on with the clips named before."""
    return bool(said) and all(
        edit.goes_on or (isinstance(edit, SetVolume) and edit.of == "clips") for edit in said
    )


def _places(said: Sequence[Edit]) -> bool:
    """Return whether edits choose clips, or where they stand."""
    return all(edit.do in ("move", "remove", "keep", "swap", "duplicate") for edit in said)


def _is_only_problem(clause: Clause) -> bool:
    return all(item.kind not in ("word",) for item in clause.rest)


def _calls(item: Item) -> Iterator[str]:
    yield item.kind
    if item.kind == "concept":
        for concept in item.concepts:
            yield concept
            family, colon, _ = concept.partition(":")
            if colon:
                yield f"{family}-name"


def new_cut_edits(reading: Reading) -> list[Edit]:
    """Return the edits of a message that asks for a video although there is one."""
    return [FirstCut(), *reading.edits]
