"""Taking changes back: the words for it, and what the state holds afterwards."""

from __future__ import annotations

import pytest

from nemovideo.engine._sessions import KEPT_DRAFTS
from nemovideo.engine.director import asks_to_undo
from tests.engine.fakes import png
from tests.support.serve import ApiUser, text_of


@pytest.mark.parametrize(
    "message",
    [
        "undo",
        "Undo that, please.",
        "please undo the last change",
        "undo my last edit",
        "take that back",
        "roll back the last change",
        "revert it",
        "撤销",
        "请撤销上一步操作。",
        "撤回",
        "帮我还原一下吧",
    ],
)
def test_wish_to_undo_is_understood(message: str) -> None:
    assert asks_to_undo(message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "undo the title",
        "add the title “Undo”",
        "undo everything and make it vertical",
        "reverse the order",
        "取消音乐",
        "标题写撤销",
    ],
)
def test_other_wish_is_left_to_the_director(message: str) -> None:
    assert not asks_to_undo(message)


def messages_of(user: ApiUser, session: str) -> list[str] | None:
    draft = user.state(session)["state"]["draft"]
    return None if draft is None else draft["m"]["messages"]


def test_undo_goes_back_change_by_change(user: ApiUser, session: str) -> None:
    user.upload(session, ("a.png", png()))
    for message in ("first", "second", "third"):
        user.say(session, message)
    assert text_of(user.say(session, "undo")) == "Took the last change back."
    assert messages_of(user, session) == ["first", "second"]
    user.say(session, "撤销")
    assert messages_of(user, session) == ["first"]


def test_undo_of_the_first_change_leaves_no_timeline(user: ApiUser, session: str) -> None:
    user.say(session, "cut it")
    user.say(session, "undo")
    assert messages_of(user, session) is None


def test_undo_with_nothing_to_take_back_says_so(user: ApiUser, session: str) -> None:
    assert text_of(user.say(session, "undo")) == "There is no change left to take back."
    assert text_of(user.say(session, "撤销")) == "没有可以撤销的修改了。"


def test_change_after_an_undo_can_be_taken_back_itself(user: ApiUser, session: str) -> None:
    for message in ("first", "second", "undo", "other", "undo"):
        user.say(session, message)
    assert messages_of(user, session) == ["first"]


def test_undo_of_one_session_leaves_others(user: ApiUser, session: str) -> None:
    other = user.new_session()
    user.say(session, "first")
    user.say(other, "second")
    user.say(session, "undo")
    assert messages_of(user, other) == ["second"]


def test_store_keeps_the_latest_changes_only(user: ApiUser, session: str) -> None:
    for number in range(KEPT_DRAFTS + 3):
        user.say(session, f"change {number}")
    undone = 0
    while text_of(user.say(session, "undo")).startswith("Took"):
        undone += 1
    assert undone == KEPT_DRAFTS
