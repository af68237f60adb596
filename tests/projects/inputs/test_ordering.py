from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from nemovideo.errors import UsageError
from nemovideo.projects.inputs.checking import InputLink
from nemovideo.projects.inputs.expansion import Inputs, collect_inputs
from nemovideo.projects.inputs.ordering import Order, in_order, parse_order, taken_at
from tests.support.media import write_jpeg
from tests.support.samples.phones import taken_exif, write_apple_clip, write_heic


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Four files whose names, dates and order here all differ."""
    write_heic(tmp_path / "b10.heic", exif=taken_exif("2024:05:01 10:00:00", zone="+02:00"))
    write_jpeg(tmp_path / "IMG_20240501_060000.jpg")
    write_apple_clip(tmp_path / "b9.mov", header="2024-05-01T08:30:00Z")
    changed = write_jpeg(tmp_path / "a.jpg")
    os.utime(changed, (1_600_000_000, 1_600_000_000))
    names = ["b10.heic", "IMG_20240501_060000.jpg", "b9.mov", "a.jpg"]
    return collect_inputs(names, folder=tmp_path)


def names(inputs: Inputs) -> list[str]:
    return [item.name for item in inputs.items]


def test_order_is_as_named_when_none_is_asked_for(inputs: Inputs) -> None:
    assert in_order(inputs, None) == inputs


def test_order_by_name_counts_numbers(inputs: Inputs) -> None:
    wanted = ["a.jpg", "b9.mov", "b10.heic", "IMG_20240501_060000.jpg"]
    assert names(in_order(inputs, Order.NAME)) == wanted


def test_order_by_date_taken_mixes_photos_clips_and_zones(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC0")
    ordered = in_order(inputs, Order.DATE)
    assert names(ordered) == ["a.jpg", "IMG_20240501_060000.jpg", "b10.heic", "b9.mov"]
    assert ordered.notes == ("a.jpg holds no date: ordered by when the file was last changed.",)


def test_links_come_last_by_date(inputs: Inputs) -> None:
    link = InputLink("https://example.com/0.jpg")
    ordered = in_order(Inputs((link, *inputs.items)), Order.DATE)
    assert ordered.items[-1] == link


def test_chance_that_is_given_decides(inputs: Inputs) -> None:
    first, second = (in_order(inputs, Order.SHUFFLE, random=Random(7)) for _ in range(2))
    assert first == second
    assert sorted(names(first)) == sorted(names(inputs))
    assert any(
        names(in_order(inputs, Order.SHUFFLE, random=Random(seed))) != names(inputs)
        for seed in range(3)
    )


def test_order_that_is_none_names_the_nearest() -> None:
    assert parse_order(None) is None
    assert parse_order("Date") is Order.DATE
    with pytest.raises(UsageError) as caught:
        parse_order("dates")
    assert caught.value.hint == "Did you mean date?"
    with pytest.raises(UsageError, match="must be one of name, date, shuffle"):
        parse_order("x")


def test_taken_at_falls_back_to_the_files_time(inputs: Inputs, tmp_path: Path) -> None:
    moment = taken_at(tmp_path / "a.jpg")
    assert moment is not None
    assert moment.timestamp() == 1_600_000_000
    assert taken_at(tmp_path / "gone.jpg") is None
