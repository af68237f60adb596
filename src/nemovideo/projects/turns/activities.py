"""What the agent is doing, in plain words: ``add_transition`` reads "adding a transition"."""

from __future__ import annotations

import re

WORKING = "working"
"""What is said of a tool whose name says nothing."""

_MAX_CHARS = 48
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NOUNS = {"bgm": "background music", "sfx": "sound effects", "tts": "voice", "infos": "files"}
_WITHOUT_ARTICLE = frozenset({"music", "text", "audio", "media", "sound", "speed", "footage"})
_KNOWN = (
    "add adjust analyze analyse apply arrange build change check choose compose create crop cut"
    " delete detect edit export extract fetch find fit generate get import insert list load look"
    " make mix move order pick place plan prepare read remove render reorder replace resize rotate"
    " save scale search select set sort speed split swap transcribe translate trim undo update"
    " upload write zoom"
)
_VERBS = frozenset(_KNOWN.split())
_DOUBLED = frozenset({"crop", "cut", "fit", "get", "plan", "set", "split", "swap", "trim"})
_OTHER_WORDS = {"get": "reading", "set": "setting", "list": "listing"}


def describe_tool(name: str) -> str:
    """Return what a tool with this name does, in words."""
    words = [word.lower() for word in _WORD.findall(name)]
    verbs = [place for place, word in enumerate(words[:3]) if word in _VERBS]
    if not verbs:
        return WORKING
    verb, things = words[verbs[0]], [_NOUNS.get(word, word) for word in words[verbs[0] + 1 :]]
    return " ".join([_doing(verb), *_with_article(things)])[:_MAX_CHARS].rstrip()


def _doing(verb: str) -> str:
    if verb in _OTHER_WORDS:
        return _OTHER_WORDS[verb]
    if verb.endswith("e"):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if verb in _DOUBLED else f"{verb}ing"


def _with_article(things: list[str]) -> list[str]:
    if not things:
        return []
    last = things[-1].rsplit(" ", 1)[-1]
    if last in _WITHOUT_ARTICLE or last.endswith("s") or things[0] in ("to", "from", "all", "the"):
        return things
    return ["an" if things[0][0] in "aeiou" else "a", *things]
