"""The same changes in other languages."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given, settings

from nemovideo.timeline import Timeline, describe_changes, find_changes
from tests.timeline.changes.cases import CASES
from tests.timeline.timelines import local_timelines


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_are_told_in_other_languages_too(
    before: Timeline | None, after: Timeline, lines: list[str]
) -> None:
    chinese = describe_changes(before, after, language="zh-CN")
    spanish = describe_changes(before, after, language="es-MX")
    assert len(chinese) == len(spanish) == len(lines)
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in chinese)
    assert set(spanish).isdisjoint(lines)


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("removed", "移除了 2 张照片：b.jpg、e.jpg"),
        ("moved", "移到第 3 位（共 6 个）：a.jpg"),
        ("each", "视频时长现在是 12 秒（之前是 18 秒），每张照片 2 秒"),
        ("looks put on", "a.jpg 的滤镜现在是棕褐 50%、暖色"),
        ("one transition", "到 c.jpg 的转场现在是向左擦除 0.6 秒（之前是交叉淡化 0.6 秒）"),
        ("shape", "画面形状现在是正方形（1080x1080）"),
        ("quieter", "音乐的音量现在是 35%（之前是 60%）"),
        ("words moved", "“Hello”的时间现在是 5-8 秒（之前是 0-3 秒）"),
        ("as it is by itself", "时间线有变化"),
    ],
)
def test_changes_read_well_in_chinese(case: str, line: str) -> None:
    before, after, _ = CASES[case]
    assert line in describe_changes(before, after, language="zh")


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("removed", "Quitado (2 fotos): b.jpg, e.jpg"),
        ("moved", "Movido al puesto 3 de 6: a.jpg"),
        ("each", "El vídeo dura ahora 12 s (antes 18 s), 2 s por foto"),
        ("looks put on", "Filtro de a.jpg: ahora sepia 50%, cálido"),
        ("shape", "El formato es ahora cuadrado (1080x1080)"),
        ("words moved", "Tiempo de «Hello»: ahora 5-8 s (antes 0-3 s)"),
        ("as it is by itself", "La línea de tiempo ha cambiado"),
    ],
)
def test_changes_read_well_in_spanish(case: str, line: str) -> None:
    before, after, _ = CASES[case]
    assert line in describe_changes(before, after, language="es")


def test_change_is_a_line_in_english_that_knows_the_others() -> None:
    (change,) = find_changes(*CASES["shape"][:2])
    assert json.loads(json.dumps(change)) == "Shape is now square (1080x1080)"
    assert change.in_language("zh_CN.UTF-8") == "画面形状现在是正方形（1080x1080）"


def test_changes_in_an_unknown_language_are_english() -> None:
    before, after, lines = CASES["shape"]
    assert list(describe_changes(before, after, language="tlh")) == lines


def test_changes_have_the_same_holes_in_every_language() -> None:
    table = tomllib.loads(
        files("nemovideo.timeline").joinpath("phrases.toml").read_text(encoding="utf-8")
    )
    for rows in table.values():
        for key, forms in rows.items():
            assert set(forms) == {"en", "zh", "es"}, key
            assert _holes(forms["en"]) == _holes(forms["zh"]) == _holes(forms["es"]), key


def _holes(form: str | list[str]) -> list[set[str]]:
    forms = [form] if isinstance(form, str) else form
    return [{key for _, key, _, _ in Formatter().parse(one) if key} for one in forms]


@settings(max_examples=30)
@given(local_timelines, local_timelines)
def test_changes_between_any_timelines_are_as_many_lines_in_every_language(
    before: Timeline, after: Timeline
) -> None:
    lines = describe_changes(before, after)
    chinese = describe_changes(before, after, language="zh")
    spanish = describe_changes(before, after, language="es")
    assert bool(lines) == (before != after)
    assert len(lines) == len(chinese) == len(spanish)
    assert all(line and "\n" not in line for line in (*lines, *chinese, *spanish))
