"""Which clips and which words over the picture are meant. Pure; nothing here knows a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.items import Item, Ref, Scene, TextRef
from nemovideo.language.lexicon import normal_form
from nemovideo.language.tokens import Token

_TIMES = ("duration", "clock")
_NOUNS = ("photo", "clip", "one")
_TEXT_NOUNS = ("title", "caption", "subtitle", "text")
_BEGINS = frozenset(
    (
        *(*_NOUNS, *_TEXT_NOUNS, "all", "each", "both", "rest", "it", "odd", "even", "measure"),
        *("every-other", "every-third", "except", "leading", "trailing", "ordinal-mark"),
    )
)
"""Concepts with which a reference may begin."""


def _is_ref(item: Item) -> bool:
    return isinstance(item.value, Ref)


class References:
    """Finds what stands for clips and for words over the picture.

    Args:
        tokens: Of one message, with values read.
        scene: The timeline before the message.
    """

    def __init__(self, tokens: Sequence[Token], scene: Scene) -> None:
        self._tokens = tokens
        self._scene = scene
        self._words = scene.words()
        self._files = scene.file_words()
        self._named: tuple[int, ...] = scene.named

    def items(self) -> list[Item]:
        """Return the tokens as items, with references in the place of what stands for them."""
        found: list[Item] = []
        at = 0
        while at < len(self._tokens):
            item, end = self._reference(at) or (self._plain(at), at + 1)
            if item.kind == "file" and (noun := self._noun(end)) is not None:
                end = noun[2]  # "the dog picture"
            ref = item.value if isinstance(item.value, Ref) else None
            is_place = bool(
                ref and ref.is_ordinal and not ref.noun and found and _is_ref(found[-1])
            )
            if ref is not None and ref.places and not (ref.is_it or is_place):
                self._named = ref.places
            found.append(item)
            at = end
        return found

    def _plain(self, at: int) -> Item:
        token = self._tokens[at]
        kind = token.kind
        if kind == "word":
            kind = "concept" if token.concepts else "word"
            name = self._files.get(normal_form(token.raw))
            if name is not None and (not token.is_known or token.has("eyes")):
                return Item("file", token.start, token.end, token.raw, value=name)
        elif kind == "ordinal" and self._is_verb(at):
            return Item("concept", token.start, token.end, token.raw, frozenset(("lasting",)))
        value = token.values if kind != "concept" else None
        return Item(
            kind, token.start, token.end, token.raw, token.concepts, value, None, token.is_known
        )

    def _is_verb(self, at: int) -> bool:
        """Return whether "last" means to stay."""
        token = self._tokens[at]
        before = self._tokens[at - 1] if at else None
        if not token.has("lasting") or before is None:
            return False
        following = self._skip(at + 1)
        if following >= len(self._tokens) or self._tokens[following].has("and", "then", "in"):
            return False  # "put the beach last"
        if self._tokens[following].kind == "punct":
            return False
        return before.kind in ("number", "ordinal", "file", "text") or before.has(
            *_NOUNS, *_TEXT_NOUNS, "it", "video", "transition", "music", "each", "to", "filler-verb"
        )

    # Looking ahead

    def _skip(self, at: int) -> int:
        """Return the place of the next token that is no mere filler."""
        while at < len(self._tokens) and self._is_mere_filler(self._tokens[at]):
            at += 1
        return at

    def _is_mere_filler(self, token: Token) -> bool:
        return token.has("filler") and not token.has(*_NOUNS, "all", "each", "it", "new", "rest")

    def _get(self, at: int) -> Token | None:
        return self._tokens[at] if at < len(self._tokens) else None

    def _has(self, at: int, *concepts: str) -> bool:
        token = self._get(at)
        return token is not None and token.has(*concepts)

    def _noun(self, at: int) -> tuple[str, bool, int] | None:
        """Read a noun, with words of measure before it; returns kind, whether plural, the end."""
        start, measured = at, ""
        if self._has(at, "measure"):
            measured = next(
                noun for noun in ("photo", "one") if noun == "one" or self._has(at, noun)
            )
            at += 1
        at = self._skip(at)
        token = self._get(at)
        for noun in _NOUNS:
            if token is not None and token.has(noun) and not token.has("first-of-all"):
                return noun, token.has("plural"), at + 1
        return (measured, False, start + 1) if measured else None

    def _made(self, start: int, end: int, ref: Ref | TextRef) -> tuple[Item, int]:
        first, last = self._tokens[start], self._tokens[end - 1]
        kind = "clips" if isinstance(ref, Ref) else "captions"
        raw = " ".join(token.raw for token in self._tokens[start:end])
        return Item(kind, first.start, last.end, raw, value=ref), end

    # References

    def _reference(self, at: int) -> tuple[Item, int] | None:
        token = self._tokens[at]
        if token.kind == "word" and token.concepts.isdisjoint(_BEGINS):
            if normal_form(token.raw) not in self._words:
                return None
        elif token.kind in ("punct", "text", *_TIMES, "percent"):
            return None
        for reader in (self._except, self._simple):
            found = reader(at)
            if found is not None:
                return self._continued(at, found)
        return None

    def _simple(self, at: int) -> tuple[Ref | TextRef, int] | None:
        for reader in (
            self._text,
            self._quantity,
            self._several,
            self._numbered,
            self._called,
            self._pronoun,
            self._bare,
        ):
            found = reader(at)
            if found is not None:
                return found
        return None

    def _continued(self, start: int, found: tuple[Ref | TextRef, int]) -> tuple[Item, int]:
        """Read on: lists, ranges, exceptions, neighbours."""
        ref, end = found
        if isinstance(ref, TextRef):
            return self._made(start, end, ref)
        while (more := self._more(ref, end)) is not None:
            ref, end = more
        if self._has(end, "except") and not ref.is_ordinal:
            hole = self._simple(self._skip(end + 1))
            if hole is not None and isinstance(hole[0], Ref):
                item, end = self._continued(end + 1, hole)
                ref = self._without(ref, item.value)
        return self._made(start, end, ref)

    def _more(self, ref: Ref, end: int) -> tuple[Ref, int] | None:
        """Read the next clip of a list: ``, 3``, ``and the fifth photo``, ``to the fourth``."""
        if ref.is_bare or ref.is_all or ref.is_it or ref.is_each:
            return None
        is_comma = end < len(self._tokens) and self._tokens[end].values in (",", "，")
        if is_comma and not ref.noun and self._has(end - 1, "end"):
            return None  # "move it last, delete the second"
        at, has_joint = end, False
        while at < len(self._tokens) and (
            self._has(at, "and", "filler") or self._tokens[at].values in (",", "、", "，")
        ):
            has_joint = has_joint or not self._has(at, "filler") or self._has(at, "and")
            at += 1
        if has_joint:
            token = self._get(at)
            if token is None or (token.kind == "number" and not self._may_be_number(at)):
                return None
            following = self._numbered(at) or self._called(at)
            is_counted = ref.is_ordinal or (ref.is_plural and not ref.is_named)
            if following is None and token.kind == "number" and is_counted:
                following = self._number_alone(at, ref.noun)
            if following is None and (bare := self._bare(at)) is not None:
                following = bare if len(bare[0].places) == 1 and bare[0].noun == "clip" else None
                if following is not None:
                    following = replace(following[0], is_bare=False), following[1]
            if following is None or not isinstance(following[0], Ref):
                return None
            other, after = following
            if self._starts_wish(after, other) or (is_comma and self._goes_otherwise(end, after)):
                return None
            return self._together(ref, other), after
        return None

    def _starts_wish(self, after: int, other: Ref) -> bool:
        """Return whether what looks like the next of a list begins a wish of its own."""
        token = self._get(self._skip(after))
        if token is None or other.is_bare:
            return other.is_bare
        return token.kind in (*_TIMES, "percent", "factor") and not token.has("by")

    def _goes_otherwise(self, end: int, after: int) -> bool:
        """Return whether "delete 3, 4 in sepia" is what it looks like: two wishes."""
        begin = end - 1
        while begin > 0 and self._tokens[begin - 1].kind != "punct":
            begin -= 1
        following = self._get(self._skip(after))
        is_said = any(token.has("remove") for token in self._tokens[begin:end])
        is_more = following is not None and following.kind != "punct"
        return is_said and is_more and not self._has(self._skip(after), "and", "then", "remove")

    def _may_be_number(self, at: int) -> bool:
        after = self._get(at + 1)
        return after is None or not after.has("times", "percent", "degrees", "steps")

    def _number_alone(self, at: int, noun: str) -> tuple[Ref, int] | None:
        token = self._get(at)
        if token is None or token.kind != "number":
            return None
        after = self._noun(at + 1)
        noun, end = (noun or after[0], after[2]) if after else (noun, at + 1)
        return self._at_number(int(token.values), noun), end

    def _together(self, one: Ref, two: Ref) -> Ref:
        noun = one.noun or two.noun
        if two.noun and not one.noun and not one.is_named:  # "the first and third photo"
            one = self._again(one, two.noun)
        if one.noun and not two.noun and two.is_ordinal:
            two = self._again(two, one.noun)
        if noun == "clip" and one.is_ordinal and two.is_ordinal and one.places == two.places:
            everything = self._scene.places("one")  # "the first and the last clip" of all
            one = replace(one, places=(everything[0],)) if everything else one
        return Ref(
            tuple(dict.fromkeys((*one.places, *two.places))),
            noun,
            is_plural=True,
            is_named=one.is_named or two.is_named,
            problem=one.problem or two.problem,
            choices=one.choices or two.choices,
        )

    def _again(self, ref: Ref, noun: str) -> Ref:
        """Count a reference anew, among clips of a kind."""
        found = [self._at_number(place + 1, noun) for place in ref.places]
        problem = next((one.problem for one in found if one.problem), ref.problem)
        return replace(ref, places=tuple(p for one in found for p in one.places), problem=problem)

    def _without(self, ref: Ref, hole: Ref) -> Ref:
        places = tuple(place for place in ref.places if place not in hole.places)
        problem = ref.problem or hole.problem or (None if places else ("no_clips", {}))
        return Ref(places, ref.noun, is_plural=True, problem=problem, choices=hole.choices)

    def _except(self, at: int) -> tuple[Ref | TextRef, int] | None:
        """Read "all but the first", and "apart from the first, all photos"."""
        if not self._has(at, "except"):
            return None
        hole = self._simple(self._skip(at + 1))
        if hole is None or not isinstance(hole[0], Ref):
            return None
        item, end = self._continued(at + 1, hole)
        whole = (
            self._scene.places(hole[0].noun or "one")
            if hole[0].noun != "one"
            else self._scene.places("one")
        )
        noun = hole[0].noun
        if self._has(end, "except-end"):
            end += 1
        while end < len(self._tokens) and self._tokens[end].values in (",", "，"):
            end += 1
        if self._has(end, "rest"):
            end += 1
        while end < len(self._tokens) and (
            self._has(end, "filler") or self._tokens[end].values in (",", "，")
        ):
            end += 1
        following = self._quantity(end)
        if following is not None and isinstance(following[0], Ref):
            whole, end, noun = list(following[0].places), following[1], following[0].noun
        elif (bare := self._noun(end)) is not None and bare[0] != "one":
            whole, end, noun = self._scene.places(bare[0]), bare[2], bare[0]
        elif self._has(end, "all"):
            whole, end = self._scene.places("one"), end + 1
        everything = Ref(tuple(whole), noun, is_plural=True, is_all=True)
        return replace(self._without(everything, item.value), hole=item.value.places), end

    def _text(self, at: int) -> tuple[TextRef, int] | None:
        """Read "the second title", "title 2", "all captions", "the title"."""
        token = self._get(at)
        if token is None:
            return None
        number, start = None, at
        is_all = token.has("all", "each", "both")
        if is_all or token.kind == "ordinal":
            number = None if is_all else int(token.values)
            at = self._skip(at + 1)
            if self._has(at, "measure") and not self._has(at, "photo"):
                at = self._skip(at + 1)
        noun_token = self._get(at)
        if noun_token is None or not noun_token.has(*_TEXT_NOUNS) or noun_token.kind == "text":
            return None
        style = next(noun for noun in _TEXT_NOUNS if noun_token.has(noun))
        end = at + 1
        if style != "text" and self._has(end, "text") and self._tokens[end].kind == "word":
            end += 1  # "the title text"
        if start == at and self._has(end, "ordinal-mark"):
            end += 1
        following = self._get(end)
        is_numbered = following is not None and (
            following.kind == "ordinal" or (following.kind == "number" and self._may_be_number(end))
        )
        if start == at and is_numbered and following is not None:
            number, end = int(following.values), end + 1
        is_plural = is_all or noun_token.has("plural")
        return TextRef(style, number, is_plural, is_bare=number is None and not is_all), end

    def _quantity(self, at: int) -> tuple[Ref, int] | None:
        """Read all, each, both, every other, the rest, odd and even ones, and only those."""
        token = self._get(at)
        if token is None or token.kind != "word":
            return None
        for concept, step, offset in (
            ("every-other", 2, 0),
            ("every-third", 3, 0),
            ("odd", 2, 0),
            ("even", 2, 1),
        ):
            if token.has(concept):
                noun = self._noun(self._skip(at + 1))
                if noun is None and concept in ("odd", "even"):
                    return None
                kind, end = (noun[0], noun[2]) if noun else ("one", at + 1)
                places = self._scene.places(kind)
                first = offset + (1 if concept == "every-other" and len(places) > 1 else 0)
                if concept == "every-third":
                    first = 2
                first, end = self._beginning(end) or (first, end)
                return Ref(tuple(places[first::step]), kind, is_plural=True), end
        if not token.has("all", "each", "both", "rest"):
            return None
        end = self._skip(at + 1)
        if self._has(end, "all") and not self._has(end, *_NOUNS):
            end = self._skip(end + 1)
        noun = self._noun(end)
        if noun is None and token.has("each") and token.has("photo"):
            noun = ("photo", True, at + 1)
        if noun is None and (token.has("each", "filler") or not token.has("rest", "both", "all")):
            return None
        kind, end = (noun[0], noun[2]) if noun else ("one", at + 1)
        if (
            noun is None
            and token.has("all")
            and self._has(end, *_TEXT_NOUNS, "transition", "music")
        ):
            return None
        places = self._scene.places(kind)
        if token.has("rest"):
            places = [place for place in self._scene.places(kind) if place not in self._named]
            if not self._named:
                return None
        return (
            Ref(
                tuple(places),
                kind,
                is_plural=True,
                is_all=token.has("all", "each", "both"),
                is_each=token.has("each"),
            ),
            end,
        )

    def _beginning(self, at: int) -> tuple[int, int] | None:
        """Read "…, starting with the first one": the place, and what is behind it."""
        comma = self._get(at)
        at += comma is not None and comma.kind == "punct" and comma.values == ","
        start = self._skip(at + 1)
        place = self._get(start)
        if not self._has(at, "starting-with") or place is None or place.kind != "ordinal":
            return None
        end = self._skip(start + 1)
        noun = self._noun(end)
        return (place.values - 1, noun[2] if noun else start + 1) if place.values > 0 else None

    def _several(self, at: int) -> tuple[Ref, int] | None:
        """Read "the first two photos", "the last three", in either order."""
        token, following = self._get(at), self._get(self._skip(at + 1))
        if token is None or following is None:
            return None
        side, count = None, None
        if token.kind == "ordinal" and token.values in (1, -1) and following.kind == "number":
            side, count = int(token.values), following.values
        elif token.has("leading", "trailing") and following.kind == "number":
            side, count = (1 if token.has("leading") else -1), following.values
        elif token.kind == "number" and following.kind == "ordinal" and following.values in (1, -1):
            side, count = int(following.values), token.values
        if side is None or count is None or count != int(count) or count < 1:
            return None
        after = self._skip(at + 1) + 1
        noun = self._noun(self._skip(after))
        if noun is None and self._has(
            self._skip(after), *_TEXT_NOUNS, "steps", "second", "half", "plural-not"
        ):
            return None
        kind, end = (noun[0], noun[2]) if noun else ("one", after)
        places = self._scene.places(kind)
        if count > len(places):
            problem = ("no_such_clip", {"number": int(count), "count": len(places)})
            return Ref((), kind, is_plural=True, problem=problem), end
        chosen = places[: int(count)] if side > 0 else places[-int(count) :]
        return Ref(tuple(chosen), kind, is_plural=count > 1), end

    def _numbered(self, at: int) -> tuple[Ref, int] | None:
        """Read "the third photo", "photo 3", "photos 2-4", "number 5"."""
        token = self._get(at)
        if token is None:
            return None
        if token.kind == "ordinal" and not self._is_verb(at):
            return self._ordinal(at)
        if token.has("ordinal-mark") and (after := self._get(at + 1)) and after.kind == "number":
            return self._ranged(
                self._at_number(int(after.values), "one"), at + 2, int(after.values)
            )
        noun = self._noun(at)
        if noun is not None:
            kind, _, end = noun
            if self._has(end, "ordinal-mark"):
                end += 1
            number = self._get(end)
            if number is None or number.kind not in ("number", "ordinal"):
                return None
            if number.kind == "ordinal" and self._is_verb(end):
                return None
            if number.kind == "ordinal" and not (number.raw and number.values):
                return None
            if number.kind == "ordinal" and (
                self._noun(self._skip(end + 1)) or number.values in (1, -1)
            ):
                return None  # "put photo 3 first": a place to go to
            if number.values != int(number.values) or not self._may_be_number(end):
                return None
            value = int(number.values)
            return self._ranged(self._at_number(value, kind), end + 1, value)
        if token.kind == "number" and token.values == int(token.values):
            return self._range_of_numbers(at)
        return None

    def _ordinal(self, at: int) -> tuple[Ref, int] | None:
        number = int(self._tokens[at].values)
        end = at + 1
        noun = self._noun(self._skip(end))
        following = self._get(self._skip(end))
        if following is not None and noun is None:
            if following.has(*_TEXT_NOUNS, "position", "steps", "transition", "half", "music"):
                return None
            if following.kind in _TIMES and number in (1, -1):
                return None  # the first three seconds
            if following.kind == "number" and self._get(self._skip(end) + 1) is not None:
                unit = self._get(self._skip(end) + 1)
                if unit is not None and unit.has("position", "steps"):
                    return None
        kind, end = (noun[0], noun[2]) if noun else ("", end)
        ref = self._at_number(number, kind or "one")
        return self._ranged(replace(ref, noun=kind), end, number)

    def _ranged(self, ref: Ref, end: int, first: int) -> tuple[Ref, int]:
        """Read on to the end of a range: ``-4``, ``to 4``, ``to the fourth photo``."""
        at = end
        dash = self._get(at)
        is_range = dash is not None and (
            dash.values in ("-", "~") or (dash.has("to") and not dash.has("move"))
        )
        if not is_range:
            return ref, end
        at = self._skip(at + 1)
        while self._has(at, "ordinal-mark", "filler"):
            at += 1
        last = self._get(at)
        if (
            last is None
            or last.kind not in ("number", "ordinal")
            or last.values != int(last.values)
        ):
            if (noun := self._noun(at)) is None or ref.noun not in ("photo", "clip", "one"):
                return ref, end
            last, at = self._get(noun[2]), noun[2]
            if last is None or last.kind != "number":
                return ref, end
        if (
            last.kind == "ordinal"
            and last.values in (1, -1)
            and dash is not None
            and dash.has("to")
        ):
            after = self._noun(self._skip(at + 1))
            if after is None or ref.noun:
                return ref, end  # "move the second photo to the last position"
        if self._has(self._skip(at + 1), "position") or not self._may_be_number(at):
            return ref, end
        if (
            last.kind == "number"
            and dash is not None
            and dash.has("to")
            and ref.noun
            and not ref.is_plural
        ):
            before = self._tokens[end - 1]
            if before.kind != "number":
                return ref, end  # "move the second photo to 4"
        noun = self._noun(self._skip(at + 1))
        if noun is None and ref.noun and last.kind == "ordinal":
            return ref, end  # "move the second photo to the fourth"
        kind = ref.noun or (noun[0] if noun else "one")
        places = self._scene.places(kind or "one")
        low = first if first > 0 else len(places) + first + 1
        number = int(last.values)
        high = number if number > 0 else len(places) + number + 1
        stop = noun[2] if noun else at + 1
        if not 1 <= low <= high <= len(places):
            wrong = high if high > len(places) or high < 1 else low
            problem = ("no_such_clip", {"number": wrong, "count": len(places)})
            return Ref((), kind, is_plural=True, problem=problem), stop
        return Ref(tuple(places[low - 1 : high]), kind, is_plural=True), stop

    def _range_of_numbers(self, at: int) -> tuple[Ref, int] | None:
        """Read "2 to 4" before a noun; a number alone is a number."""
        first = int(self._tokens[at].values)
        ref, end = self._ranged(self._at_number(first, "one"), at + 1, first)
        if ref.is_plural and end > at + 1 and self._noun(end - 1):
            return ref, end
        return None

    def _at_number(self, number: int, noun: str) -> Ref:
        places = self._scene.places(noun or "one")
        if noun == "clip" and abs(number) > len(places):
            places = self._scene.places("one")  # a photo is a clip to some
        place = number - 1 if number > 0 else len(places) + number
        if number == 0 or not 0 <= place < len(places):
            problem = ("no_such_clip", {"number": number, "count": len(places)})
            return Ref((), noun, problem=problem, is_ordinal=True)
        return Ref((places[place],), noun, is_ordinal=True)

    def _called(self, at: int) -> tuple[Ref, int] | None:
        """Read a name: of a file, or a word of one beside a noun."""
        start = at
        noun = self._noun(at)
        if noun is not None and not self._has(at, "measure"):
            at = noun[2]
            while self._has(at, "called", "filler", "of", "title-it", "with"):
                at += 1
        token = self._get(at)
        if token is None:
            return None
        clips = self._scene.timeline.clips
        if token.kind == "file":
            places = tuple(place for place, clip in enumerate(clips) if clip.name == token.values)
            if not places:
                return None
            after = self._noun(at + 1)
            end = after[2] if after else at + 1
            return Ref(places[:1] if len(places) == 1 else places, "one", is_named=True), end
        if token.kind != "word":
            return None
        found = self._words.get(normal_form(token.raw))
        if not found:
            return None
        while (more := self._get(at + 1)) is not None and more.kind == "word":
            both = [p for p in self._words.get(normal_form(more.raw), ()) if p in found]
            if not both:
                break
            found, at = both, at + 1  # "the city night photo"
        after = self._noun(self._skip(at + 1))
        if after is None and self._has(self._skip(at + 1), "video"):
            after = "one", False, self._skip(at + 1) + 1
        is_other_word = token.concepts and not all(c.startswith("style:") for c in token.concepts)
        if is_other_word and after is None and noun is None:
            return None
        if noun is not None and start != at and token.concepts:
            return None
        end = after[2] if after else at + 1
        is_plural = bool((after and after[1]) or (noun and noun[1]))
        if len(found) > 1 and not is_plural:
            return Ref((), "one", is_named=True, choices=tuple(found)), end
        return Ref(tuple(found), "one", is_named=True, is_plural=is_plural), end

    def _pronoun(self, at: int) -> tuple[Ref, int] | None:
        if not self._has(at, "it"):
            return None
        noun = self._noun(self._skip(at + 1))
        if noun is not None:
            return None  # "these photos"
        return Ref(self._named, "", is_it=True, is_all=not self._named), at + 1

    def _bare(self, at: int) -> tuple[Ref, int] | None:
        """Read a noun alone, or "the one before the lake"."""
        noun = self._noun(at)
        if noun is None:
            return None
        kind, is_plural, end = noun
        side = 1 if self._has(end, "after") else -1 if self._has(end, "before") else 0
        if side and not is_plural:
            found = self._simple(self._skip(end + 1))
            if found is not None and isinstance(found[0], Ref) and not found[0].is_bare:
                beside = found[0]
                if beside.choices or beside.problem or len(beside.places) != 1:
                    return beside, found[1]
                return self._beside(beside.places[0], side, kind), found[1]
        if self._has(at, "measure") and end == at + 1:
            return None
        places = tuple(self._scene.places(kind))
        return Ref(places, kind, is_bare=True, is_plural=is_plural), end

    def _beside(self, place: int, side: int, noun: str) -> Ref:
        there = [other for other in self._scene.places(noun) if (other - place) * side > 0]
        if not there:
            return Ref((), noun, problem=("no_clips", {}))
        return Ref((min(there) if side > 0 else max(there),), noun, is_ordinal=True)
