"""A message as edits: the way through its sentences and their clauses. Pure.

A clause is understood when every word of it that carries meaning has found its place in one frame.
Otherwise it changes nothing and its words are named; the other clauses are done. Questions,
conditions and negations are not edits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.asides import is_taken_back, kept_out, parted, tells_of_more
from nemovideo.editing.reading.corrections import (
    amends,
    continues_list,
    corrects,
    drops_rest_of_clip,
    of_what_was_added,
    says_again,
)
from nemovideo.editing.reading.explaining import (
    alternatives_of,
    choices_of,
    explain,
    look_for_lack,
)
from nemovideo.editing.reading.inheritance import match_with_inheritance
from nemovideo.editing.reading.items import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.items.roles import items_of
from nemovideo.editing.reading.items.unquoted import with_unquoted
from nemovideo.editing.reading.matching import Match, Matcher
from nemovideo.editing.reading.new_cut import asks_for_video, without_creation
from nemovideo.editing.reading.pieces import (
    ENDS,
    adds_text,
    begins_with_order,
    begins_with_verb,
    has_own_target,
    is_address,
    is_complaint,
    is_condition,
    is_idle,
    is_question_mark,
    is_value,
    names_subject,
    pieces_of,
    sentences_of,
    subject_of,
    target_of,
)
from nemovideo.editing.reading.progress import Progress
from nemovideo.editing.reading.reasons import without_reason
from nemovideo.editing.reading.remarks import about_of, answers
from nemovideo.editing.reading.result import Reading, Remark
from nemovideo.editing.reading.settled import beyond_removed, settle
from nemovideo.editing.said.filling import Filler
from nemovideo.editing.said.history import MOST_STEPS
from nemovideo.editing.said.unclear import UnclearError
from nemovideo.editing.time import Split
from nemovideo.language.things import is_unspaced
from nemovideo.language.tokens import MAX_CHARS, tokenize
from nemovideo.language.values import read_values

_MUSIC = Item("concept", 0, 0, concepts=frozenset(("music",)))
"""What a song that is named by its file is to those who go on about it."""


def read_message(message: str, scene: Scene, *, is_first_cut: bool = False) -> Reading:
    """Read a message; any text will do.

    Args:
        message: What the user wrote.
        scene: The timeline before it, and the session's files.
        is_first_cut: Whether there was no timeline yet, so that any wish makes one.
    """
    names = scene.words.keys() | scene.file_words.keys()
    tokens, lexicon = tokenize(message, names=_names(scene), neutral=names)
    shown = {caption.label or "" for caption in scene.timeline.captions}
    tokens = with_unquoted(read_values(tokens), shown, names)
    reading = Reading(lexicon.code)
    source = unicodedata.normalize("NFC", message[:MAX_CHARS])
    items = items_of(tokens, scene)
    said = [part for sentence in sentences_of(items) for part in parted(sentence)]
    behind_but = {id(item) for joint, item in pairwise(items) if joint.has("but")}
    before: Match | None = None
    filler = Filler(scene)
    for sentence in said:
        if is_taken_back(sentence):
            reading, before = Reading(lexicon.code, questions=[message.strip()]), None
            continue
        matcher = Matcher(scene, filler, is_first_cut=is_first_cut)
        is_alone = len(said) == 1
        # "sepia, but subtle" goes on with the sentence before.
        progress = Progress(reading, source, before if id(sentence[0]) in behind_but else None)
        _Sentence(sentence, progress, matcher, is_alone=is_alone).read()
        before = progress.before
    if len(message) > MAX_CHARS:
        reading.not_understood.append(message[MAX_CHARS:])
    settle(reading, scene)
    return reading


def _names(scene: Scene) -> dict[str, str]:
    """Return the names to look out for: of files, and those without endings that are no words.

    In a script without spaces a name is found in the middle of other words only so: 派对视频.
    """
    said = [picture.name or "" for picture in scene.timeline.pictures]
    said += [item.name for item in scene.media]
    files = dict.fromkeys(filter(str.strip, said))
    names: dict[str, str] = {}
    for name in files:
        stem = PurePath(name).stem
        if len(stem) > 2 and not stem.isalpha():
            names.setdefault(stem, name)
    for word in (*scene.words, *scene.file_words):
        if len(word) > 1 and is_unspaced(word):
            names.setdefault(word, "")
    return names | {name: name for name in files}


class _Sentence:
    def __init__(
        self, items: Sequence[Item], progress: Progress, matcher: Matcher, *, is_alone: bool
    ) -> None:
        self._all = items
        self._items = [item for item in items if not (item.kind == "punct" and item.value in ENDS)]
        self._progress = progress
        self._reading = progress.reading
        self._matcher = matcher
        self._is_alone = is_alone

    def read(self) -> None:
        """Add what the sentence says to the reading."""
        if all(item.kind == "punct" or item.has("filler", "and") for item in self._items):
            return
        text = self._progress.text(self._items)
        self._items, joined = without_reason(
            self._items, lambda items: self._matcher.is_wish(items, self._is_alone)
        )
        self._reading.not_understood += map(self._progress.text, joined)
        if self._is_question() or any(item.has("undecided") for item in self._items):
            self._reading.questions.append(text)
        elif self._is_only_condition():
            self._reading.conditions.append(text)
        else:
            self._read_parts()

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
            return is_condition(self._items) and any(map(is_question_mark, self._all))
        if asks or any(item.has("asks") for item in concepts):
            return True
        return any(map(is_question_mark, self._all))

    def _is_only_condition(self) -> bool:
        """Return whether something is wished only in some case, and that is not the wish itself."""
        if not is_condition(self._items):
            return False
        try:
            return self._matcher.match(self._items, self._is_alone) is None
        except (EditError, UnclearError):
            return True

    def _read_parts(self) -> None:
        if not asks_for_video(self._items):
            self._read_part(self._items, self._is_alone)
            return
        self._reading.is_new_cut = True
        self._reading.is_understood = True
        self._matcher.is_first_cut = True
        for part in without_creation(self._items, self._reading, self._matcher.scene):
            self._read_part(part, is_alone=False)

    def _read_part(self, items: Sequence[Item], is_alone: bool) -> None:
        pieces = pieces_of(items, is_free=self._matcher.is_first_cut)
        is_alone = is_alone and len(pieces) == 1
        for start, end in self._matcher.best_cover(pieces, is_alone):
            self._take([item for piece in pieces[start:end] for item in piece], is_alone)

    def _take(self, part: Sequence[Item], is_alone: bool) -> None:
        """Carry a clause over to the reading."""
        if all(is_idle(item) for item in part):
            return
        reading, progress, matcher = self._reading, self._progress, self._matcher
        part = beyond_removed(part, reading, matcher.scene)
        if (hole := kept_out(part)) is not None:
            reading.kept.update(hole)
            reading.left_alone.append(progress.text(part))
            return
        remark, reading.remark = reading.remark, None
        if amends(part, progress) or drops_rest_of_clip(part, progress):
            return
        if remark is not None and answers(remark, part, is_alone, progress, matcher):
            return
        is_it = any(isinstance(item.value, Ref) and item.value.is_it for item in part)
        is_of_split = any(item.has("split-part") for item in part) and any(
            isinstance(edit, Split) for edit in reading.edits
        )  # "split it, and throw away the second piece": which has no number before
        if self._ends_story(part) or is_of_split or (progress.is_either and is_it):
            explain(part, is_alone, progress, matcher)
            return
        try:
            match = match_with_inheritance(part, is_alone, progress, matcher)
        except UnclearError as exc:
            choices = choices_of(part, is_alone, exc, matcher)
            reading.choices += choices
            reading.is_understood = reading.is_understood or bool(choices)
            if choices:
                reading.unclear.append(progress.text(part))
            else:
                explain(part, is_alone, progress, matcher)
            return
        except EditError as exc:
            reading.problems.append((exc.key, exc.values))
            return
        if match is None and (choices := alternatives_of(part, is_alone, matcher)):
            reading.choices += choices
            reading.is_understood = True
            reading.unclear.append(progress.text(part))
        elif match is None or (reading.lacks_clip and not names_subject(part)):
            self._take_no_wish(part, is_alone)
        else:
            progress.add(of_what_was_added(match, part, progress.before), part)

    def _is_picture(self, file: Item) -> bool:
        kinds = {item.name: item.kind for item in self._matcher.scene.media}
        return kinds.get(file.value) in ("image", "video")

    def _ends_story(self, part: Sequence[Item]) -> bool:
        """Return whether a clause is the end of what was no wish at its beginning."""
        if self._progress.is_lost and is_value(part):  # "swap the gribbles, half a second each"
            return True
        if not self._progress.has_told_story:
            return False
        is_wish = begins_with_order(part) or any(
            item.kind == "concept" and item.has(*VERBS, "add") for item in part
        )
        return not (is_wish or has_own_target(part) or names_subject(part))

    def _take_no_wish(self, part: Sequence[Item], is_alone: bool) -> None:
        """Note a clause that fills no frame; what follows may be meant for what it is about."""
        reading, progress = self._reading, self._progress
        look_for_lack(part, is_alone, progress, self._matcher)
        if corrects(part, progress, self._matcher):
            return
        if says_again(part, progress) or continues_list(part, progress):
            return
        explain(part, is_alone, progress, self._matcher)
        count = next((item.value for item in part if item.kind == "number"), 1)
        if any(item.has("steps") for item in part) and count in range(1, MOST_STEPS + 1):
            progress.steps = int(count)
        clips = [item for item in part if isinstance(item.value, Ref)]
        is_either = any(item.has("one-of") or (clips and item.has("or")) for item in part)
        progress.is_either = progress.is_either or is_either or tells_of_more(part)
        progress.has_told_story = progress.has_told_story or not begins_with_verb(part)
        is_other = any(item.has("transition") for item in part)
        target, subject = None if is_other else target_of(part), subject_of(part)
        file = next((item for item in part if item.kind == "file"), None)
        if subject is not None and not adds_text(part):
            reading.subject = subject
        elif file is not None:
            reading.subject = file if self._is_picture(file) else _MUSIC
        if target or subject or is_complaint(part):
            progress.before = Match([], part, 0, (), target, subject)
        about = about_of(part)
        progress.is_lost = progress.before is None and not about
        if about:
            reading.remark = Remark(about, progress.text(part), is_complaint(part))
