"""Questions of the agent that wait for an answer, told from offers and politeness. Pure."""

from __future__ import annotations

import re

_MAX_CHARS = 500
_LIST_ITEM = re.compile(r"\s*(?:[-*•·]|\(?\d{1,2}[.):、]|\(?[A-Za-z][.)])\s*\S")
_LAST_QUESTION = re.compile(
    r"(?:^|(?<=[.!?。！？…:：]))[^.!?。！？…:：]*(?:\.\w[^.!?。！？]*)*[?？]"
)
_AFTER_IT = re.compile(
    r"[\s\"'”’」』)*_~\U0001f300-\U0001faff\ufe0f]*"
    r"(?:(?:please |just )?(?:let me know|tell me|say|answer)\b[^?？]*"
    r"|(?:请)?(?:告诉我|回复)[^?？]*)?",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\banything else\b|\bany (?:other|more|further)\b|\bwhat do you think\b"
    r"|\bhow (?:does|do|is) (?:that|it|this)\b|\bwhat(?:'s| is) next\b|\b(?:what|how) else\b"
    r"|\bhappy with\b|\blike (?:it|the result)\b"
    r"|还有(?:什么|其他|别的)|(?:其他|别的)(?:需要|要求|修改)|满意|觉得(?:怎么样|如何)|怎么样|喜欢吗",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:would|do|did) you (?:like|want|need|prefer me)\b|\bwant me to\b|\bready to\b"
    r"|\b(?:shall|should|can|could|may) (?:i|we)\b|\bis (?:that|this|it) (?:ok|okay|fine|good)\b"
    r"|需要我|要我|要不要|是否需要|需不需要|想不想",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:which|what|who|where|when|how)\b|\bor\b|哪|什么|还是|多少|几|谁|怎么|如何", re.IGNORECASE
)


def find_question(reply: str, *, has_changed: bool) -> str | None:
    """Return the question that a reply ends with and that the agent needs answered.

    If the timeline has changed with it, "shall I …?" is an offer. Returns the question, with the
    choices that are listed below it a line each; None when there is none, or only a polite one.
    """
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    choices: list[str] = []
    while lines and _LIST_ITEM.match(lines[-1]) and not _ends_as_question(lines[-1]):
        choices.insert(0, lines.pop())
    question = _last_question(lines[-1]) if lines else None
    if question is None or _POLITE.search(question):
        return None
    is_offer = bool(_OFFER.search(question)) and not (choices or _CHOICE.search(question))
    if has_changed and is_offer:
        return None
    return "\n".join([question, *choices])


def _ends_as_question(line: str) -> bool:
    return _last_question(line) is not None


def _last_question(line: str) -> str | None:
    """Return the question at the end of a line, where nothing of weight follows it."""
    end = max(line.rfind("?"), line.rfind("？")) + 1
    if not end or not _AFTER_IT.fullmatch(line[end:]):
        return None
    asked = line[max(0, end - _MAX_CHARS) : end]
    starts = list(_LAST_QUESTION.finditer(asked))
    return (starts[-1].group() if starts else asked).strip(" \"'“*_") or None
