"""A clause that frames take apart: items, and which of them are taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref, Scene, TextRef
from nemovideo.editing.said._index import Index
from nemovideo.editing.said.unclear import UnclearError
from nemovideo.editing.selectors import Ref as ClipRef

SLIGHT, STRONG = 0.5, 1.5


@dataclass
class Clause:
    """A part of a message.

    Args:
        items: What it holds.
        scene: The timeline before the message.
        is_alone: Whether nothing else is said; then a bare value says enough.
        is_first_cut: Whether the message asks for a video to be made.
        taken: The places of items that found theirs.
        index: Of the items, where there is one already.
    """

    items: Sequence[Item]
    scene: Scene
    is_alone: bool = False
    is_first_cut: bool = False
    taken: set[int] = field(default_factory=set)
    index: Index | None = None

    def __post_init__(self) -> None:
        """Pass over an "it" beside what it stands for."""
        self._index = self.index or Index(self.items)
        self.taken |= self._index.echoes

    def untouched(self) -> Clause:
        """Return the clause as it was before anything was taken."""
        return Clause(self.items, self.scene, self.is_alone, self.is_first_cut, index=self._index)

    # Concepts

    def has(self, *concepts: str) -> bool:
        """Return whether an item that is not taken yet stands for one of the concepts."""
        return self._find(*concepts) is not None

    def take(self, *concepts: str) -> Item | None:
        """Take all items that stand for one of the concepts; return the first."""
        places = self._free(self._index.concepts, concepts)
        self.taken.update(places)
        return self.items[min(places)] if places else None

    def take_one(self, *concepts: str, role: str | None = "*") -> Item | None:
        """Take the first item that stands for one of the concepts."""
        place = self._find(*concepts, role=role)
        if place is None:
            return None
        self.taken.add(place)
        return self.items[place]

    def family(self, family: str) -> str | None:
        """Take a concept of a family, ``look:warm``, and return its name."""
        for place in self._index.families:
            item = self.items[place]
            if place not in self.taken and item.kind == "concept" and (name := item.named(family)):
                self.taken.add(place)
                return name
        return None

    def has_family(self, family: str) -> bool:
        """Return whether there is a concept of a family that is not taken."""
        free = (place for place in self._index.families if place not in self.taken)
        return any(self.items[place].named(family) for place in free)

    def removes(self, *more: str) -> bool:
        """Take what says that something shall go: "remove", "no", "take … away"."""
        is_off = any(self.items[place].role == "off" for place in self._index.refs)
        if self.has("take-verb") and (self.has("out") or is_off):  # "take it off the lake"
            self.take("take-verb", "out", "remove")
            return True
        return self.take("remove", "no", "not-want", *more) is not None

    # Values

    def value(self, *kinds: str, roles: Sequence[str | None] | None = None) -> Any:
        """Take the first value of some kinds, in one of the roles; None when there is none."""
        item = self.item(*kinds, roles=roles)
        return None if item is None else item.value

    def item(self, *kinds: str, roles: Sequence[str | None] | None = None) -> Item | None:
        """Take the first item of some kinds, in one of the roles (any if None)."""
        return next(self.each(*kinds, roles=roles), None)

    def each(self, *kinds: str, roles: Sequence[str | None] | None = None) -> Iterator[Item]:
        """Take the items of some kinds, in one of the roles, one after the other."""
        for place in sorted(self._free(self._index.kinds, kinds)):
            if roles is None or self.items[place].role in roles:
                self.taken.add(place)
                yield self.items[place]

    def has_kind(self, *kinds: str) -> bool:
        """Return whether there is an item of some kinds that is not taken."""
        return bool(self._free(self._index.kinds, kinds))

    def duration(self, *, roles: Sequence[str | None] | None = None) -> int | None:
        """Take a length of time in ms."""
        value = self.value("duration", "clock", roles=roles)
        return None if value is None else int(value)

    # References

    def ref(
        self, *, roles: Sequence[str | None] | None = None, nouns: Sequence[str] | None = None
    ) -> Ref | None:
        """Take a reference to clips.

        Raises:
            EditError: There are no such clips.
            UnclearError: It may mean several.
        """
        for place in self._index.refs:
            item = self.items[place]
            if place in self.taken:
                continue
            if roles is not None and item.role not in roles:
                continue
            if nouns is not None and item.value.noun not in nouns:
                continue
            self.taken.add(place)
            return self._checked(item, item.value)
        return None

    def numbers(self, roles: Sequence[str | None] = (None,)) -> Ref | None:
        """Take bare numbers as clips: "delete 4", "swap 2 and 5".

        Raises:
            EditError: There are no such clips.
        """
        count = len(self.scene.timeline.clips)
        places = []
        for item in self.each("number", roles=roles):
            if item.value != int(item.value) or not 1 <= item.value <= count:
                raise EditError("no_such_clip", number=f"{item.value:g}", count=count)
            places.append(int(item.value) - 1)
        return Ref(tuple(places), is_ordinal=len(places) == 1) if places else None

    def only_film(self) -> Ref | None:
        """Take "the video" as the one film among the photos: the whole has no place to go to."""
        films = [p for p, clip in enumerate(self.scene.timeline.clips) if clip.is_film]
        if len(films) != 1 or self.has("everything") or not self.take_one("video", role=None):
            return None
        return Ref((films[0],), "clip", is_ordinal=True)

    def peek_ref(self) -> Ref | None:
        """Return the first reference to clips that is not taken."""
        places = (place for place in self._index.refs if place not in self.taken)
        return next((self.items[place].value for place in places), None)

    def text_ref(self) -> TextRef | None:
        """Take a reference to words over the picture."""
        item = self.text_item()
        return None if item is None else item.value

    def text_item(self) -> Item | None:
        """Take the item of a reference to words over the picture."""
        return self.item("captions")

    def target(self) -> list[ClipRef] | str | None:
        """Take what is meant: some clips, or all when only "it", "the video" or nothing is said."""
        roles: tuple[str | None, ...] = (None, "on", "for", "in", "from", "at", "by", "off")
        ref = self.ref(
            roles=roles if self._index.moves else (*roles, "to")
        )  # "to the last" is a place to go
        if ref is not None and ref.is_it and ref.is_all:
            ref = self.ref(roles=roles) or ref  # "that warm tone on the lake"
        video = self.take("video")
        if ref is None:
            return "all" if video else None
        if ref.is_it and ref.is_all:
            return "all"
        return self.names(ref)

    def names(self, ref: Ref) -> list[ClipRef] | str:
        """Return what an edit calls these clips: their ids, else their numbers."""
        if ref.is_bare and not ref.is_plural and len(ref.places) > 1:
            raise UnclearError(self._item_of(ref), ref.places)
        clips = self.scene.timeline.clips
        if len(ref.places) == len(clips) and (ref.is_all or ref.is_bare):
            return "all"
        return [self._name_of(place, ref) for place in ref.places]

    def _name_of(self, place: int, ref: Ref) -> ClipRef:
        clip = self.scene.timeline.clips[place]
        if ref.is_named and clip.beside is not None:
            words = next((item.raw for item in self.items if item.value is ref), "")
            picture = self.scene.picture_named(place, words)
            if picture is not None:
                return (picture.id if picture.id != clip.id else None) or picture.name or place + 1
        return clip.id or place + 1

    def one(self, ref: Ref) -> ClipRef:
        """Return what an edit calls the one clip that is meant."""
        names = self.names(ref)
        if isinstance(names, str):
            raise EditError("several_clips", ref=names, count=len(ref.places))
        if len(names) != 1:
            raise EditError("several_clips", ref=self._item_of(ref).raw, count=len(names))
        return names[0]

    # Amounts

    def percent(self, *, roles: Sequence[str | None] | None = None) -> float | None:
        """Take a percentage as a fraction: 0.35 for 35 %."""
        value = self.value("percent", roles=roles)
        return None if value is None else float(value) / 100

    def strength(self) -> float:
        """Take words of degree: less than 1 for a little, more for a lot, 1 without any."""
        if self.take("slightly"):
            return SLIGHT
        return STRONG if self.take("strongly") else 1.0

    @property
    def rest(self) -> list[Item]:
        """What is not taken and means something."""
        left = [self.items[place] for place in self._index.weighty if place not in self.taken]
        if left and self._has_named():
            return [item for item in left if not (item.kind == "concept" and item.has("only"))]
        return left

    def _has_named(self) -> bool:
        """Return whether what is meant is named; "only" says no more then."""
        kinds = ("clips", "captions", "file")
        taken = (self.items[place] for place in self.taken)
        return any(item.kind in kinds or item.has("music") for item in taken)

    def place_name(self) -> str | None:
        """Take a place in a picture; "bottom" and "right" are one together."""
        found = []
        while (name := self.family("place")) is not None:
            found.append(name)
        if found:
            self.take("place-word", "left", "right")
        if len(found) > 1:
            across = [name for name in found if name in ("left", "right")]
            down = [name for name in found if name in ("top", "bottom")]
            if across and down:
                return f"{down[0]}-{across[0]}"
            found = [name for name in found if name != "center"] or found
        return found[0] if found else None

    def _free(self, index: Mapping[str, Sequence[int]], names: Sequence[str]) -> list[int]:
        """Return where something stands by one of some names that is not taken, in any order."""
        if index.keys().isdisjoint(names):
            return []
        return [n for name in names for n in index.get(name, ()) if n not in self.taken]

    def _find(self, *concepts: str, role: str | None = "*") -> int | None:
        places = self._free(self._index.concepts, concepts)
        return min((n for n in places if role in ("*", self.items[n].role)), default=None)

    def _item_of(self, ref: Ref) -> Item:
        return next(item for item in self.items if item.value is ref)

    def _checked(self, item: Item, ref: Ref) -> Ref:
        if ref.problem is not None:
            key, values = ref.problem
            raise EditError(key, **values)
        if ref.choices:
            raise UnclearError(item, ref.choices)
        return ref
