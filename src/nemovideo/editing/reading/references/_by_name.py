"""Clips by their names. Pure."""

from __future__ import annotations

from nemovideo.editing.reading.items import Ref, Scene
from nemovideo.editing.reading.references._ahead import Ahead
from nemovideo.language.lexicon import normal_form
from nemovideo.language.slips import MIN_TYPO_LENGTH, is_slip
from nemovideo.language.tokens import Token


class ByName:
    """Finds what is named.

    Args:
        ahead: The tokens of the message.
        scene: The timeline before it.
    """

    def __init__(self, ahead: Ahead, scene: Scene) -> None:
        self._ahead = ahead
        self._scene = scene
        self._words = scene.words
        self._meant: dict[str, list[int]] = {}
        """The clips that words with a slip mean."""

    def knows(self, token: Token) -> bool:
        """Return whether a word is a name, or part of one."""
        return _form(token) in self._words or bool(self._places(token))

    def _places(self, token: Token) -> list[int]:
        """Return the clips whose names hold a word, if need be one with a slip: "mountian"."""
        form = _form(token)
        if token.is_known or form in self._words or len(form) < MIN_TYPO_LENGTH:
            return self._words.get(form, [])
        if form not in self._meant:
            near = [word for word in self._words if len(word) >= MIN_TYPO_LENGTH]
            meant = [self._words[word] for word in near if is_slip(form, word)]
            self._meant[form] = meant[0] if len(meant) == 1 else []
        return self._meant[form]

    def clips(self, at: int) -> tuple[Ref, int] | None:
        """Read a name: of a file, or a word of one beside a noun."""
        if (film := self._video_of(at)) is not None:
            return film
        start = at
        noun = self._ahead.noun(at)
        if noun is not None and not self._ahead.has(at, "measure"):
            at = noun[2]
            while self._ahead.has(at, "called", "filler", "of", "title-it", "with"):
                at += 1
        token = self._ahead.get(at)
        if token is None:
            return None
        clips = self._scene.timeline.clips
        if token.kind == "file":
            name = token.values
            places = tuple(
                p for p, c in enumerate(clips) if any(o.name == name for o in c.pictures)
            )
            if not places:
                return None
            after = self._ahead.noun(at + 1)
            end = after[2] if after else at + 1
            return Ref(places[:1] if len(places) == 1 else places, "one", is_named=True), end
        if token.kind != "word":
            return None
        found = self._places(token)
        if not found:
            return None
        while (more := self._ahead.get(at + 1)) is not None and more.kind == "word":
            both = [p for p in self._places(more) if p in found]
            if not both:
                break
            found, at = both, at + 1  # "the city night photo"
        behind = self._ahead.get(at + 2) if self._ahead.has(at + 1, "at", "by", "in") else None
        if behind is not None and any(place in found for place in self._places(behind)):
            at += 2  # "the city at night"
        after = self._ahead.noun(self._ahead.skip(at + 1))
        if after is None and self._ahead.has(self._ahead.skip(at + 1), "video"):
            after = "one", False, self._ahead.skip(at + 1) + 1
        is_music = all(c.startswith(("style:", "mood:")) for c in token.concepts)
        is_other_word = token.concepts and not is_music
        if is_other_word and after is None and noun is None:
            return None
        if noun is not None and start != at and token.concepts:
            return None
        end = after[2] if after else at + 1
        is_plural = bool((after and after[1]) or (noun and noun[1]))
        if len(found) > 1 and not is_plural:
            return Ref((), "one", is_named=True, choices=tuple(found)), end
        return Ref(tuple(found), "one", is_named=True, is_plural=is_plural), end

    def _video_of(self, at: int) -> tuple[Ref, int] | None:
        """Read "the video of the party", where there is a film that is called so."""
        if not self._ahead.has(at, "video") or not self._ahead.has(at + 1, "of"):
            return None
        place = self._ahead.skip(at + 2)
        token = self._ahead.get(place)
        found = [] if token is None or token.kind != "word" else self._places(token)
        clips = self._scene.timeline.clips
        if len(found) != 1 or not clips[found[0]].is_film:
            return None
        return Ref((found[0],), "one", is_named=True), place + 1


def _form(token: Token) -> str:
    """Return a word as names are kept; "the party's" is the party."""
    return normal_form(token.raw.replace("’", "'").split("'")[0])
