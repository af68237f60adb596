from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from nemovideo.protocol.draft import Draft

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(document=st.dictionaries(st.text(), ANY_JSON))
def test_draft_goes_back_exactly_as_it_came(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert json.dumps(Draft.from_wire(json.loads(text)).raw) == text


def test_draft_keeps_whole_floats_apart_from_integers() -> None:
    text = '{"d": 1.0, "t": [], "m": {"x": 1, "y": 1.5}}'
    assert json.dumps(Draft.from_wire(json.loads(text)).raw) == text


@pytest.mark.parametrize("document", [None, [], "{}", 5, True], ids=repr)
def test_draft_that_is_no_object_is_empty(document: object) -> None:
    assert Draft.from_wire(document) == Draft({})
