from __future__ import annotations

import pytest

from nemovideo.projects.chat.questions import find_question

OPEN = [
    ("Which style do you prefer?", "Which style do you prefer?"),
    ("I can do that. Which clip should come first?", "Which clip should come first?"),
    ("Got it! What should the title say? Let me know.", "What should the title say?"),
    ("Should the music be calm or upbeat?", "Should the music be calm or upbeat?"),
    ("How long should it be? 🙂", "How long should it be?"),
    ("Use beach.jpg or harbour.mp4?", "Use beach.jpg or harbour.mp4?"),
    ("Which one?\n\n1. Calm\n2. Bright", "Which one?\n1. Calm\n2. Bright"),
    ("Pick a mood, please: which one?\n- happy\n- epic\n", "which one?\n- happy\n- epic"),
    ("好的。您想要哪种风格？", "您想要哪种风格？"),
    ("标题写什么？请告诉我。", "标题写什么？"),
]
NONE = [
    "",
    "Done: 10 seconds with a crossfade.",
    "Added the title “Who are you?” at the start.",
    "Added music. Anything else?",
    "Here it is! How does it look?",
    "Your video is ready. What do you think?",
    "Why so quiet? I made the music louder.",
    "已添加标题。还有什么需要修改的吗？",
    "Made of:\n- a.jpg\n- b.jpg",
]
OFFERS = ["Would you like me to add music?", "Shall I export it?", "需要我添加背景音乐吗？"]


@pytest.mark.parametrize(("reply", "question"), OPEN, ids=[reply for reply, _ in OPEN])
@pytest.mark.parametrize("has_changed", [False, True], ids=["unchanged", "changed"])
def test_open_question_waits_for_an_answer(reply: str, question: str, has_changed: bool) -> None:
    assert find_question(reply, has_changed=has_changed) == question


@pytest.mark.parametrize("reply", NONE, ids=repr)
def test_statement_or_politeness_asks_nothing(reply: str) -> None:
    assert find_question(reply, has_changed=False) is None


@pytest.mark.parametrize("reply", OFFERS)
def test_offer_is_a_question_only_while_nothing_was_done(reply: str) -> None:
    assert find_question(reply, has_changed=False) == reply
    assert find_question(f"Done. {reply}", has_changed=True) is None
