"""Which clips and which words over the picture are meant. Pure; nothing here knows a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.reading.items import Item, Ref, Scene, TextRef
from nemovideo.editing.reading.pieces import ENDS
from nemovideo.editing.reading.references._ahead import NOUNS, TEXT_NOUNS, Ahead, text_reference
from nemovideo.editing.reading.references._by_name import ByName
from nemovideo.editing.reading.references._by_neighbour import ByNeighbour
from nemovideo.editing.reading.references._by_number import ByNumber
from nemovideo.editing.reading.references._lists import Lists
from nemovideo.editing.reading.references._places import Places
from nemovideo.language.lexicon import normal_form
from nemovideo.language.tokens import Token

_TIMES = ("duration", "clock")
_BEGINS = frozenset(
    (
        *(
            *NOUNS,
            *TEXT_NOUNS,
            "all",
            "each",
            "both",
            "rest",
            "it",
            "odd",
            "even",
            "measure",
            "middle",
        ),
        *("every-other", "every-third", "except", "leading", "trailing", "ordinal-mark", "there"),
        *("everything", "from", "video"),
    )
)
"""Concepts with which a reference may begin."""
_OTHER_NOUNS = (*TEXT_NOUNS, "music", "sound", "transition", "filter", "motion", "background")


class References:
    """Finds what stands for clips and for words over the picture.

    Args:
        tokens: Of one message, with values read.
        scene: The timeline before the message.
    """

    def __init__(self, tokens: Sequence[Token], scene: Scene) -> None:
        self._ahead = Ahead(tokens)
        self._by_number = ByNumber(self._ahead, scene)
        self._places = Places(scene)
        self._by_neighbour = ByNeighbour(self._ahead, scene)
        self._scene = scene
        self._by_name = ByName(self._ahead, scene)
        self._files = scene.file_words
        self._named: tuple[int, ...] = scene.named
        self._spoken: list[int] = []
        """All that the sentence named: what "the rest" leaves out."""
        self._here: tuple[int, ...] = ()  # what was named in the message itself
        by_number = self._by_number
        self._of_digits = (self._by_neighbour.listed, by_number.several, by_number.numbered)
        self._all = (
            lambda at: text_reference(self._ahead, at),
            self._by_neighbour.middle,
            self._by_neighbour.listed,
            self._quantity,
            self._by_number.several,
            self._one_of,
            self._by_number.numbered,
            self._by_name.clips,
            self._pronoun,
            self._bare,
        )
        self._lists = Lists(
            self._ahead, scene, by_number, self._by_name, self._by_neighbour, self._bare
        )
        self._kind = ""  # of which all are meant by the sentence: "the photos …, each one"

    def items(self) -> list[Item]:
        """Return the tokens as items, with references in the place of what stands for them."""
        found: list[Item] = []
        at = 0
        while at < len(self._ahead.tokens):
            said = found[:-1] if found and found[-1].has("come") else found  # "comes first"
            is_behind = bool(said) and isinstance(said[-1].value, Ref)
            item, end = self._reference(at, is_behind) or (self._plain(at), at + 1)
            if item.kind == "file" and (noun := self._ahead.noun(end)) is not None:
                end = noun[2]  # "the dog picture"
            if isinstance(item.value, Ref):
                self._note(item.value, is_behind)
            elif item.kind == "punct" and item.value in ENDS:
                self._spoken = []
                if not self._ahead.has(end, "except"):
                    self._kind = ""
            found.append(item)
            at = end
        return found

    def _note(self, ref: Ref, is_behind: bool) -> None:
        """Note which clips were named, for what follows: right behind others, a place is said."""
        is_place = ref.is_ordinal and not ref.noun and is_behind
        is_vague = ref.is_bare and not ref.is_plural and len(ref.places) > 1
        if ref.places and not (ref.is_it or is_place or is_vague):
            self._named = self._here = ref.hole or ref.places
            self._spoken += self._named
        if ref.noun != "one" and (ref.is_all or ref.is_bare):
            self._kind = ref.noun

    def _plain(self, at: int) -> Item:
        token = self._ahead.tokens[at]
        kind = token.kind
        if kind == "word":
            kind = "concept" if token.concepts else "word"
            is_open = not token.is_known or token.has("eyes")
            if is_open and (name := self._files.get(normal_form(token.raw))) is not None:
                return Item("file", token.start, token.end, token.raw, value=name)
        elif kind == "ordinal" and self._ahead.is_verb(at):
            return Item("concept", token.start, token.end, token.raw, frozenset(("lasting",)))
        value = token.values if kind != "concept" else None
        return Item(
            kind, token.start, token.end, token.raw, token.concepts, value, None, token.is_known
        )

    def _made(self, start: int, end: int, ref: Ref | TextRef) -> tuple[Item, int]:
        first, last = self._ahead.tokens[start], self._ahead.tokens[end - 1]
        kind = "clips" if isinstance(ref, Ref) else "captions"
        concepts = last.concepts & {"font", "letters", "split-part"}
        raw = " ".join(token.raw for token in self._ahead.tokens[start:end])
        return Item(kind, first.start, last.end, raw, concepts, value=ref), end

    # References

    def _quantity(self, at: int) -> tuple[Ref, int] | None:
        found = self._by_number.quantity(at, self._spoken or self._named)
        if found is not None and found[0].is_each and found[0].noun == "one" and self._kind:
            places = tuple(self._scene.places(self._kind))
            return replace(found[0], places=places, noun=self._kind), found[1]
        behind = self._ahead.get(at + 1)
        is_last = behind is None or behind.kind == "punct" or behind.has("and", "then")
        if found is None and self._kind and is_last and self._ahead.has(at, "each"):
            places = tuple(self._scene.places(self._kind))  # "3 seconds each"
            return Ref(places, self._kind, is_plural=True, is_all=True, is_each=True), at + 1
        return found

    def _reference(self, at: int, is_behind: bool) -> tuple[Item, int] | None:
        token = self._ahead.tokens[at]
        if token.kind == "word" and token.concepts.isdisjoint(_BEGINS):
            if not self._by_name.knows(token):
                return None
        elif token.kind in ("punct", "text", *_TIMES, "percent"):
            return None
        for reader in (self._beyond, self._except, self._simple):
            found = reader(at)
            if found is not None:
                ref = found[0]
                if isinstance(ref, Ref) and self._ahead.has(found[1], "except-it"):
                    return self._made(at, found[1] + 1, self._without(ref))  # 派对除外
                if is_behind and isinstance(ref, Ref) and ref.is_ordinal and not ref.noun:
                    return self._made(at, found[1], ref)  # "the lake first, the beach second"
                return self._continued(at, found)
        return None

    def _simple(self, at: int) -> tuple[Ref | TextRef, int] | None:
        token = self._ahead.get(at)
        is_digits = token is not None and token.kind == "number" and not token.concepts
        for reader in self._of_digits if is_digits else self._all:
            found = reader(at)
            if found is not None:
                return found
        return None

    def _beyond(self, at: int) -> tuple[Ref, int] | None:
        return self._by_neighbour.beyond(at, self._simple)

    def _continued(self, start: int, found: tuple[Ref | TextRef, int]) -> tuple[Item, int]:
        """Read on: lists, ranges, exceptions, neighbours."""
        ref, end = found
        if isinstance(ref, TextRef):
            return self._made(start, end, ref)
        ref, end = self._by_neighbour.neighbours(start, ref, end) or (ref, end)
        is_last = False  # "2, 3 and 4": a comma behind that begins something else
        while not (is_last and self._ahead.has_comma(end)):
            more = self._lists.more(ref, end)
            if more is None:
                break
            is_last = is_last or self._ahead.has(self._ahead.skip(end), "and")
            ref, end = more
        if ref.is_plural and self._ahead.has(end, "all"):
            is_told = self._ahead.noun(self._ahead.skip(end + 1)) is None  # "the first three, all"
            if is_told and ref.is_bare:
                ref = replace(ref, is_bare=False, is_all=True)  # 照片全部
            end += is_told
        is_but = ref.is_all and self._ahead.has(end, "but") and self._ends_with_clip(end + 1)
        if is_but or (self._ahead.has(end, "except") and not ref.is_ordinal):
            hole = self._simple(self._ahead.skip(end + 1))
            if hole is not None and isinstance(hole[0], Ref):
                item, end = self._continued(end + 1, hole)
                ref = self._places.without(ref, item.value)
        return self._made(start, end, ref)

    def _except(self, at: int) -> tuple[Ref | TextRef, int] | None:
        """Read "all but the first", and "apart from the first, all photos"."""
        begins = all(t.kind == "punct" or t.has("filler", "no") for t in self._ahead.tokens[:at])
        if not self._ahead.has(at, "except") or (begins and self._ahead.has(at, "not")):
            return None  # "not the beach, the lake should come first"
        begin = self._ahead.skip(at + 1)
        while self._ahead.has(begin, "in", "on", "for"):
            begin = self._ahead.skip(begin + 1)  # "en todas menos en el lago"
        film = self._by_neighbour.film(begin)
        hole = film or self._simple(begin)
        if hole is None or not isinstance(hole[0], Ref):
            return None
        item, end = self._continued(at + 1, hole)
        is_kind = film is None and hole[0].noun in ("photo", "clip")
        noun = hole[0].noun if is_kind else self._kind or "one"
        whole = self._scene.places(noun)
        if self._ahead.has(end, "except-end"):
            end += 1
        while self._ahead.has_comma(end):
            end += 1
        if self._ahead.has(end, "rest"):
            end += 1
        while self._ahead.has(end, "filler") or self._ahead.has_comma(end):
            end += 1
        following = self._quantity(end)
        if following is not None and isinstance(following[0], Ref):
            whole, end, noun = list(following[0].places), following[1], following[0].noun
        elif (bare := self._ahead.noun(end)) is not None and bare[0] != "one":
            whole, end, noun = self._scene.places(bare[0]), bare[2], bare[0]
        elif self._ahead.has(end, "all"):
            whole, end = self._scene.places("one"), end + 1
        everything = Ref(tuple(whole), noun, is_plural=True, is_all=True)
        left_out = self._places.among(item.value, noun).places
        return replace(self._places.without(everything, item.value), hole=left_out), end

    def _ends_with_clip(self, at: int) -> bool:
        """Return whether a clip, and nothing else of its clause, follows: "… but the first"."""
        found = self._simple(self._ahead.skip(at))
        behind = self._ahead.get(found[1]) if found else None
        return found is not None and (behind is None or behind.kind == "punct")

    def _without(self, left_out: Ref) -> Ref:
        """Return all clips but some."""
        whole = Ref(tuple(self._scene.places("one")), "one", is_plural=True, is_all=True)
        return replace(self._places.without(whole, left_out), hole=left_out.places)

    def _one_of(self, at: int) -> tuple[Ref, int] | None:
        """Read "one of the photos", which does not say which."""
        token = self._ahead.get(at)
        if token is None:
            return None
        is_number = token.has("one") or (token.kind == "number" and token.values == 1)
        if is_number and self._ahead.has(at + 1, "of"):
            noun = self._ahead.noun(self._ahead.skip(at + 1))
            is_one = noun is not None and noun[1]
        else:
            noun, is_one = self._ahead.noun(at + 1), token.has("one-of")
        if not is_one or noun is None:
            return None
        return Ref(tuple(self._scene.places(noun[0])), noun[0], is_bare=True), noun[2]

    def _pronoun(self, at: int) -> tuple[Ref, int] | None:
        if self._ahead.has(at, "there") and self._here:
            return Ref(self._here, "one", is_plural=True, is_named=True), at + 1
        if not self._ahead.has(at, "it"):
            return None
        is_ending, behind = self._ahead.has(at, "enclitic"), self._ahead.skip(at + 1)
        is_other = self._ahead.has(at, "filler") and self._ahead.has(behind, *_OTHER_NOUNS)
        if not is_ending and (is_other or self._ahead.noun(behind) is not None):
            return None  # "these photos", "that title"
        is_all = not self._named
        if is_all and self._ahead.has(at, "that-photo"):
            places = tuple(self._scene.places("photo"))
            return Ref(places, "photo", is_bare=True), at + 1  # which of them?
        return Ref(self._named, is_it=True, is_all=is_all, is_ending=is_ending), at + 1

    def _bare(self, at: int) -> tuple[Ref, int] | None:
        """Read a noun alone, or "the one before the lake"."""
        noun = self._ahead.noun(at)
        if noun is None:
            return None
        kind, is_plural, end = noun
        side = 1 if self._ahead.has(end, "after") else -1 if self._ahead.has(end, "before") else 0
        if side and not is_plural:
            found = self._simple(self._ahead.skip(end + 1))
            if found is not None and isinstance(found[0], Ref) and not found[0].is_bare:
                beside = found[0]
                if beside.choices or beside.problem or len(beside.places) != 1:
                    return beside, found[1]
                return self._places.beside(beside.places[0], side, kind), found[1]
        if self._ahead.has(at, "measure") and end == at + 1:
            return None
        places = tuple(self._scene.places(kind))
        return Ref(places, kind, is_bare=True, is_plural=is_plural), end
