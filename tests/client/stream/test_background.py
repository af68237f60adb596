"""An iterator on a thread: its items in order, signs that there is none yet, and a clean end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import count

import pytest

from nemovideo.client.stream.background import Background
from tests.support.serve import wait_until


def test_background_gives_the_items_in_order() -> None:
    with Background[int](lambda _: iter(range(1000))) as items:
        assert [item for item in items if item is not None] == list(range(1000))


def test_background_says_that_there_is_nothing_yet() -> None:
    may_go_on = threading.Event()

    def source(_: Background[str]) -> Iterator[str]:
        may_go_on.wait()
        yield "late"

    with Background(source) as items:
        awaited = iter(items)
        assert next(awaited) is None
        may_go_on.set()
        assert [item for item in awaited if item] == ["late"]


def test_background_raises_what_the_source_raises() -> None:
    def source(_: Background[str]) -> Iterator[str]:
        yield "one"
        raise KeyError("two")

    seen: list[str | None] = []
    with Background(source) as items, pytest.raises(KeyError):
        seen.extend(items)
    assert [item for item in seen if item] == ["one"]


def test_background_source_waits_until_what_it_hands_over_was_handled() -> None:
    handled: list[str] = []

    def source(thread: Background[str]) -> Iterator[str]:
        thread.hand_over("first")
        yield f"after {handled}"

    with Background(source) as items:
        for item in filter(None, items):
            handled.append(item)
    assert handled == ["first", "after ['first']"]


def test_background_ends_with_who_reads_it() -> None:
    is_over = threading.Event()

    def source(_: Background[int]) -> Iterator[int]:
        try:
            yield from count()
        finally:
            is_over.set()

    with Background(source) as items:
        assert next(iter(items)) == 0
    wait_until(is_over.is_set)


def test_background_wakes_a_source_that_is_blocked_and_waits_for_it() -> None:
    is_woken, is_over = threading.Event(), threading.Event()

    def source(thread: Background[str]) -> Iterator[str]:
        with thread.woken_by(is_woken.set):
            yield "first"
            is_woken.wait()
            time.sleep(0.1)
            is_over.set()

    with Background(source) as items:
        assert next(iter(items)) == "first"
    assert is_woken.is_set()
    assert is_over.is_set()  # its connection is free when the block ends


def test_background_wakes_nothing_that_the_source_has_let_go_of() -> None:
    """A connection that is kept alive may serve another request by then."""
    is_woken = threading.Event()
    may_end = threading.Event()

    def source(thread: Background[str]) -> Iterator[str]:
        with thread.woken_by(is_woken.set):
            yield "first"
        yield "second"
        may_end.wait()

    with Background(source) as items:
        received = iter(items)
        assert [next(received), next(received)] == ["first", "second"]
    may_end.set()
    assert not is_woken.is_set()


def test_background_waits_for_no_source_that_nothing_can_wake() -> None:
    may_end = threading.Event()

    def source(_: Background[str]) -> Iterator[str]:
        yield "first"
        may_end.wait()

    with Background(source) as items:
        assert next(iter(items)) == "first"
        began = time.monotonic()
    assert time.monotonic() - began < 0.5
    may_end.set()
