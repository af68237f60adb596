"""What is read of a stream: bytes cut anywhere give the messages of the whole."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from nemovideo.client.stream.sse import read_messages
from nemovideo.errors import ProtocolError
from nemovideo.protocol.events import SseMessage


def decode(*chunks: bytes, max_event_bytes: int = 1 << 20) -> list[SseMessage]:
    return list(read_messages(chunks, max_event_bytes))


def data_of(*chunks: bytes) -> list[str]:
    return [message.data for message in decode(*chunks)]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_decoder_takes_every_line_end(newline: bytes) -> None:
    assert data_of(newline.join([b"data: a", b"", b"data: b", b"", b""])) == ["a", "b"]


def test_decoder_takes_a_crlf_that_is_cut_in_two() -> None:
    assert data_of(b"data: a\r", b"\n\r", b"\n", b"data: b\r", b"\ndata: c\r\n") == ["a", "b\nc"]


def test_decoder_joins_data_lines() -> None:
    assert data_of(b"data: one\ndata:two\ndata:  three\n\n") == ["one\ntwo\n three"]


def test_decoder_ignores_a_byte_order_mark_cut_in_two() -> None:
    assert data_of(b"\xef\xbb", b"\xbfdata: x\n\n") == ["x"]


def test_decoder_keeps_characters_that_are_cut_apart() -> None:
    content = "data: 好🎬\n\n".encode()

    assert data_of(*(content[i : i + 1] for i in range(len(content)))) == ["好🎬"]


def test_decoder_does_not_split_at_other_line_separators() -> None:
    text = "a\u2028b\x0bc\x0cd\x85e\x1cf"

    assert data_of(f"data: {text}\n\n".encode()) == [text]


def test_decoder_replaces_bytes_that_are_no_utf8() -> None:
    assert data_of(b"data: a\xffb\n\n") == ["a\ufffdb"]


def test_decoder_names_the_event() -> None:
    assert decode(b"event: heartbeat\nid: 7\nretry: 5\n\n") == [SseMessage("heartbeat", "")]


def test_decoder_gives_comments_as_empty_messages() -> None:
    assert decode(b": ping\n\n:\n") == [SseMessage("heartbeat", "")] * 2


def test_decoder_gives_empty_data_lines() -> None:
    assert decode(b"data:\n\ndata: \n\n") == [SseMessage("", ""), SseMessage("", "")]


def test_decoder_marks_what_the_end_cut_off() -> None:
    assert decode(b"data: a\n\ndata: b") == [
        SseMessage("", "a"),
        SseMessage("", "b", is_complete=False),
    ]


@pytest.mark.parametrize(
    "chunks",
    [[b"data: ", b"x" * 60, b"x" * 60], [b"data: " + b"x" * 40 + b"\n"] * 4, [b":" + b"x" * 200]],
    ids=["one-line", "many-lines", "comment"],
)
def test_decoder_refuses_events_beyond_the_limit(chunks: list[bytes]) -> None:
    with pytest.raises(ProtocolError, match="larger than"):
        decode(*chunks, max_event_bytes=100)


def test_decoder_counts_each_event_on_its_own() -> None:
    chunks = [b"data: " + b"x" * 80 + b"\n\n", b": ping\n", b"\n"] * 50

    assert len(decode(*chunks, max_event_bytes=100)) == 100


def test_decoder_takes_large_events_in_linear_time() -> None:
    content = b"data: " + b"x" * 20_000_000 + b"\n\n"
    started = time.process_time()

    decode(*(content[i : i + 4096] for i in range(0, len(content), 4096)), max_event_bytes=1 << 26)

    assert time.process_time() - started < 2


_LINES = st.lists(
    st.sampled_from(
        [
            b"data: x",
            "data: 好🎬".encode(),
            b"data:",
            b"",
            b": ping",
            b"event: a",
            b"junk",
            b"id: 1",
        ]
    ),
    max_size=20,
)


@given(_LINES, st.sampled_from([b"\n", b"\r\n", b"\r"]), st.data())
def test_decoder_gives_the_same_however_the_bytes_are_cut(
    lines: list[bytes], newline: bytes, data: st.DataObject
) -> None:
    content = newline.join(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=10)))
    bounds = [0, *cuts, len(content)]

    assert decode(*(content[a:b] for a, b in pairwise(bounds))) == decode(content)


@given(st.lists(st.binary(max_size=50), max_size=10))
def test_decoder_takes_any_bytes(chunks: list[bytes]) -> None:
    for message in decode(*chunks):
        assert isinstance(message, SseMessage)
