"""Taking changes back and making them again: what the state holds afterwards."""

from __future__ import annotations

from nemovideo.engine.store.sessions import KEPT_DRAFTS
from tests.engine.fakes import png
from tests.support.serve import ApiUser, text_of


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


def test_redo_brings_back_what_was_undone_byte_for_byte(user: ApiUser, session: str) -> None:
    for message in ("first", "second", "third"):
        user.say(session, message)
    whole = user.state(session)["state"]["draft"]
    assert text_of(user.say(session, "undo the last 2 changes")) == "Took the last 2 changes back."
    assert messages_of(user, session) == ["first"]
    assert text_of(user.say(session, "redo 2 steps")) == "Made 2 changes again."
    assert user.state(session)["state"]["draft"] == whole
    assert text_of(user.say(session, "redo")) == "There is no change to make again."


def test_redo_is_gone_after_another_change(user: ApiUser, session: str) -> None:
    for message in ("first", "second", "undo", "other"):
        user.say(session, message)
    assert text_of(user.say(session, "重做")) == "没有可以恢复的修改。"


def test_back_to_the_first_cut_can_be_undone(user: ApiUser, session: str) -> None:
    for message in ("first", "second", "third", "back to the first cut"):
        user.say(session, message)
    assert messages_of(user, session) == ["first"]
    user.say(session, "undo")
    assert messages_of(user, session) == ["first", "second", "third"]


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
