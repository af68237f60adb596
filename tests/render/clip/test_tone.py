"""HDR and wide colours become the film's: faces and greys keep their values, glare is tamed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nemovideo.render.clip._tone import (
    BT2020,
    DISPLAY_P3,
    HLG,
    PQ,
    REFERENCE_WHITE,
    Colours,
    Light,
    hlg_light,
    pq_light,
    to_film,
)
from tests.support.samples.clips import to_bt2020, to_hlg, to_pq

ORDINARY = np.array(
    [
        (115, 82, 68),  # dark skin, and what else follows in the ColorChecker chart
        (194, 150, 130),  # light skin
        (98, 122, 157),  # blue sky
        (87, 108, 67),  # foliage
        (214, 126, 44),  # orange
        (56, 61, 150),  # blue
        (70, 148, 73),  # green
        (175, 54, 60),  # red
        (122, 122, 121),  # grey
        (224, 172, 145),  # a fair face in the sun
    ]
)


def grey(level: float) -> Light:
    return np.full((1, 3), level)


def film(signal: Light, colours: Colours) -> Light:
    """The film's eight bits."""
    return np.asarray(to_film(signal, colours) * 255)


@pytest.mark.parametrize(
    ("colours", "encode"),
    [
        (Colours(HLG, BT2020), to_hlg),
        (Colours(PQ, BT2020), to_pq),
        (Colours(14, BT2020), to_bt2020),
    ],
    ids=["HLG", "PQ", "BT.2020 without HDR"],
)
def test_ordinary_colours_keep_their_values(
    colours: Colours, encode: Callable[[Light], Light]
) -> None:
    found = film(encode(ORDINARY / 255), colours)
    assert np.abs(found - ORDINARY).max() < 0.6


@pytest.mark.parametrize(
    ("colours", "white"),
    [(Colours(HLG, BT2020), 0.75), (Colours(PQ, BT2020), 0.5807)],
    ids=["HLG", "PQ"],
)
def test_the_white_of_paper_is_nearly_white(colours: Colours, white: float) -> None:
    assert 235 <= film(grey(white), colours).min() <= film(grey(white), colours).max() <= 240


@pytest.mark.parametrize("transfer", [HLG, PQ], ids=["HLG", "PQ"])
def test_greys_stay_grey_and_in_order(transfer: int) -> None:
    ramp = np.linspace(0, 1, 101)[:, None].repeat(3, axis=1)
    found = film(ramp, Colours(transfer, BT2020))
    assert np.ptp(found, axis=1).max() < 0.01
    assert (np.diff(found[:, 0]) >= -1e-9).all()
    assert found[0, 0] == 0
    assert found[-1, 0] == pytest.approx(255, abs=0.1)


@pytest.mark.parametrize(
    ("light", "signal", "wanted"),
    [
        (hlg_light, 0.75, 203),
        (hlg_light, 0.38, 26),
        (hlg_light, 1.0, 1000),
        (pq_light, 0.5807, 203),
        (pq_light, 0.38, 26),
        (pq_light, 0.7518, 1000),
    ],
    ids=["HLG white", "HLG 18 %", "HLG peak", "PQ white", "PQ 18 %", "PQ 1000"],
)
def test_light_is_that_of_the_recommendation(
    light: Callable[[Light], Light], signal: float, wanted: float
) -> None:
    assert light(grey(signal))[0, 0] * REFERENCE_WHITE == pytest.approx(wanted, rel=0.01)


def test_a_bright_light_keeps_its_hue() -> None:
    lamp = np.array([[1.6, 1.0, 0.5]])  # an orange that is brighter than white
    found = to_film(to_hlg(lamp ** (1 / 2.4)), Colours(HLG, BT2020)) ** 2.4
    assert found.max() < 1
    assert found / found.max() == pytest.approx(lamp / lamp.max(), abs=0.005)


def test_colours_that_the_film_has_not_are_brought_in() -> None:
    pure = np.eye(3) * 0.7
    found = to_film(pure, Colours(HLG, BT2020))
    assert (found.argmax(axis=1) == [0, 1, 2]).all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_display_p3_has_its_own_primaries() -> None:
    srgb_to_p3 = np.array([[0.8225, 0.1774, 0], [0.0332, 0.9669, 0], [0.0171, 0.0724, 0.9108]])
    signal = ((ORDINARY / 255) ** 2.4 @ srgb_to_p3.T) ** (1 / 2.4)
    assert np.abs(film(signal, Colours(1, DISPLAY_P3)) - ORDINARY).max() < 0.6


def test_what_is_the_films_already_is_left_alone() -> None:
    assert Colours(1, 1).are_the_films
    assert Colours(13, 1).are_the_films
    assert Colours(2, 2).are_the_films
    assert not Colours(HLG, 2).are_the_films
    assert not Colours(14, BT2020).are_the_films
