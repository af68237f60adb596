"""The envelope: every documented shape, and anything else as one clear reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from nemovideo import errors
from nemovideo.protocol.envelope import ERRORS_BY_CODE, error_class_of, parse_code, parse_envelope


def parse(document: Any) -> Any:
    return parse_envelope(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("document", "payload"),
    [
        ({"code": 0, "message": "success", "data": {"a": 1}}, {"a": 1}),
        ({"code": "0", "data": {"a": 1}}, {"a": 1}),
        ({"code": "success", "data": {"a": 1}}, {"a": 1}),
        ({"success": True, "data": {"a": 1}}, {"a": 1}),
        ({"a": 1}, {"a": 1}),
        ({"code": 0, "a": 1, "data": {}}, {"code": 0, "a": 1, "data": {}}),
        ({"code": 0, "a": 1, "data": None}, {"code": 0, "a": 1, "data": None}),
    ],
    ids=["envelope", "text-code", "word", "success", "bare", "empty-data", "null-data"],
)
def test_parse_envelope_finds_the_payload(document: Any, payload: Any) -> None:
    envelope = parse(document)

    assert not envelope.is_error
    assert envelope.payload == payload


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        ({"code": 1001, "message": "no"}, 1001, "no"),
        ({"code": "1001", "msg": "no"}, 1001, "no"),
        ({"code": 1001.0, "message": ""}, 1001, None),
        ({"code": "INVALID", "message": "no"}, None, "no"),
        ({"code": True, "message": "no"}, None, "no"),
        ({"success": False, "error": "no"}, None, "no"),
        ({"success": False, "code": 402, "data": {"a": 1}}, 402, None),
        ({"error": {"code": 2001, "message": "no"}}, 2001, "no"),
        ({"detail": {"code": "1002", "msg": "no"}}, 1002, "no"),
    ],
    ids=[
        "code", "text-code", "float", "word", "boolean", "success-false", "both", "nested",
        "fastapi",
    ],
)  # fmt: skip
def test_parse_envelope_sees_the_error(
    document: Any, code: int | None, message: str | None
) -> None:
    envelope = parse(document)

    assert envelope.is_error
    assert (envelope.code, envelope.message) == (code, message)


def test_parse_envelope_reads_fastapis_words() -> None:
    assert parse({"detail": "Not Found"}).message == "Not Found"
    assert parse({"detail": [{"msg": "field required", "loc": ["body"]}]}).message == (
        "field required"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b" \n", "the answer is empty"),
        (b"<html>no</html>", "a web page instead of JSON"),
        (b'{"code":0,"data":{"sess', "no valid JSON"),
        (b"\xff\xfe\x00", "no valid JSON"),
        (b"[1]", "a JSON list instead of an object"),
        (b'"x"', "a JSON text instead of an object"),
        (b"null", "a JSON null instead of an object"),
        (b"true", "a JSON boolean instead of an object"),
        (b"7", "a JSON number instead of an object"),
        (b"[" * 200_000, "no valid JSON"),
        (b"9" * 5000, "no valid JSON"),
    ],
    ids=[
        "empty", "blank", "html", "truncated", "binary", "list", "text", "null", "boolean",
        "number", "deep", "huge-number",
    ],
)  # fmt: skip
def test_parse_envelope_says_what_came_instead(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        parse_envelope(body)

    assert "sess" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        (1001, 200, errors.InvalidTokenError),
        (None, 401, errors.InvalidTokenError),
        (1002, 500, errors.SessionNotFoundError),
        (2001, 402, errors.InsufficientCreditsError),
        (0, 402, errors.PlanError),
        (402, 200, errors.PlanError),
        (4001, 400, errors.UnsupportedFileError),
        (None, 415, errors.UnsupportedFileError),
        (4002, 400, errors.FileTooLargeError),
        (None, 413, errors.FileTooLargeError),
        (429, 200, errors.RateLimitError),
        (7, 429, errors.RateLimitError),
        (7, 500, None),
        (None, 404, None),
    ],
    ids=str,
)
def test_error_class_of_lets_a_code_of_the_table_decide(
    code: int | None, status: int, expected: type[errors.NemoError] | None
) -> None:
    assert error_class_of(code, status) is expected


def test_table_and_errors_agree_about_the_codes() -> None:
    for code, error_class in ERRORS_BY_CODE.items():
        if code > 1000 or code in (402, 429):
            assert error_class.default_code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [(7, 7), ("7", 7), (" 7 ", 7), (7.0, 7), (7.5, None), (True, None), (None, None), ("٧", None)],
    ids=repr,
)
def test_parse_code_takes_numbers_and_numeric_texts(value: object, code: int | None) -> None:
    assert parse_code(value) == code


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text() | st.sampled_from(["code", "data", "success", "error", "detail", "message"]),
            inner,
            max_size=5,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["code", "data", "success", "error", "detail"]), _JSON))
def test_parse_envelope_opens_any_object(document: dict[str, Any]) -> None:
    envelope = parse(document)

    assert isinstance(envelope.payload, dict)
    assert envelope.message is None or envelope.message.strip()


@given(st.binary().filter(lambda body: not body.lstrip().startswith(b"{")))
def test_parse_envelope_gives_a_reason_for_any_other_bytes(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"^the answer is"):
        parse_envelope(body)
