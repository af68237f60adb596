from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from nemovideo.render.film._ahead import ReadAhead


def test_items_come_in_their_order() -> None:
    assert list(ReadAhead(range(100), 3)) == list(range(100))


def test_items_are_made_in_another_thread() -> None:
    def items() -> Iterator[int]:
        yield threading.get_ident()

    assert list(ReadAhead(items(), 1)) != [threading.get_ident()]


def test_no_more_than_depth_items_wait_for_their_use() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    ahead = ReadAhead(items(), 2)
    used = [next(ahead)]
    for item in ahead:
        # One is in use, two wait, one is being handed over.
        assert len(made) <= len(used) + 4
        used.append(item)
    assert used == list(range(10))


def test_error_is_raised_where_its_item_would_have_come() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError("here")

    ahead = ReadAhead(items(), 5)
    assert next(ahead) == 1
    with pytest.raises(ZeroDivisionError, match="here"):
        next(ahead)


def test_closing_stops_the_thread() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 0

    before = threading.active_count()
    ahead = ReadAhead(endless(), 1)
    next(ahead)
    ahead.close()
    assert threading.active_count() == before
