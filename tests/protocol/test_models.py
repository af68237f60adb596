"""Answers as models: what matters is checked, what decorates is forgiven."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from nemovideo.protocol.models import (
    AnonymousToken,
    Credits,
    RenderJob,
    Session,
    SessionState,
    UploadResult,
)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01 12:00:00+02:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (1772366400, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (
            datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1))),
            datetime(2026, 3, 1, 12, tzinfo=UTC),
        ),
        ("next week", None),
        (True, None),
        (10**400, None),
        ([], None),
        (None, None),
    ],
    ids=["utc", "no-zone", "offset", "epoch", "datetime", "words", "bool", "huge", "list", "null"],
)
def test_token_expiry_is_read_in_every_form(value: object, moment: datetime | None) -> None:
    token = AnonymousToken.model_validate({"token": "t", "expires_at": value})

    assert token.expires_at == moment
    assert token.expires_at is None or token.expires_at.tzinfo is not None


def test_text_with_lone_surrogates_is_made_sendable() -> None:
    session = Session.model_validate({"session_id": "s", "task_id": "a\ud800b"})

    assert session.task_id == "a?b"


@pytest.mark.parametrize("value", [True, 1.5, [], {}, ""], ids=repr)
def test_odd_detail_reads_as_absent(value: object) -> None:
    assert Session.model_validate({"session_id": "s", "task_id": value}).task_id is None


@pytest.mark.parametrize("value", [True, "5", None, float("nan"), float("inf"), 1e16], ids=repr)
def test_odd_number_reads_as_absent(value: object) -> None:
    assert Credits.model_validate({"available": 1, "frozen": value}).frozen is None


def test_draft_is_kept_as_the_very_object_that_came() -> None:
    draft: dict[str, Any] = {"z": 1.0, "a": [{"b": None}], "\ud800": 1}

    state = SessionState.model_validate({"state": {"draft": draft}})

    assert state.state.draft_document is draft
    assert list(draft) == ["z", "a", "\ud800"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.text(), _JSON))
def test_any_draft_survives(draft: dict[str, Any]) -> None:
    state = SessionState.model_validate({"session_id": "s", "state": {"draft": draft}})

    assert state.state.draft_document is draft
    assert state.draft is not None


@pytest.mark.parametrize("model", [AnonymousToken, Credits, RenderJob, Session, SessionState,
                                   UploadResult])  # fmt: skip
@given(data=st.data())
def test_any_answer_is_a_model_or_a_validation_error(model: Any, data: st.DataObject) -> None:
    keys = st.sampled_from([*model.model_fields, "output", "outputUrl", "draft", "error"])
    document = data.draw(st.dictionaries(keys, _JSON))

    found = None
    with suppress(ValidationError):
        found = model.model_validate(document)

    assert found is None or isinstance(found, model)


def test_credits_stay_whole_numbers_in_json() -> None:
    credits = Credits.model_validate({"available": 90, "frozen": 0.5, "total": 1234567})
    written = json.dumps([credits.available, credits.frozen, credits.total])
    assert written == "[90, 0.5, 1234567]"
