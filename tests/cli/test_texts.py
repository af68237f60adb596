"""What the program says in the user's language: no sentence of the sources is left out."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from typer.main import get_command

from nemovideo.cli._app import make_app
from nemovideo.cli.repl._commands import help_lines
from nemovideo.cli.repl._wording import _ADVICE, advice_here, commands_here
from nemovideo.cli.results.batch import _HEADINGS
from nemovideo.cli.results.timelines import _LABEL
from nemovideo.cli.texts import LANGUAGES, Catalogue, catalogue_of
from tests.support.cli import run_cli
from tests.support.processes.terminal_text import is_chinese
from tests.support.sentences import spoken_sentences

ALIKE = {"FILES…", "/upload photos/", "/export video.mp4", _LABEL.pattern}
"""What is the same in every language."""
CODE = re.compile(r"`[^`]*`|\"[^\"]*\"|：[a-z0-9 ,]+；|pip install \S+|nemo [a-z]+(?: [a-z]+)?")
LEFT_ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
ELSEWHERE = (
    "cli/_",
    "cli/commands/",
    "cli/help/",
    "cli/input/",
    "cli/output/",
    "cli/results/",
    "projects/session/edits.py",
    "projects/batch/",
    "projects/exports/beside.py",
    "projects/setup/",
)
"""Where no conversation comes by."""
OUTSIDE = ("PHOTOS…", "photos/", "Until next time")
"""What is said when there is no session yet, or of the next conversation."""
SENTENCES = sorted(spoken_sentences().items())


def sentences_of(language: str) -> dict[str, str]:
    text = files("nemovideo.cli.texts").joinpath(f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def chinese() -> Catalogue:
    catalogue = catalogue_of("zh-CN")
    assert catalogue is not None
    return catalogue


def test_every_sentence_of_the_program_has_a_chinese_one() -> None:
    catalogue = chinese()
    missing = []
    for sentence, place in SENTENCES:
        said = catalogue.translate(_filled(sentence))
        is_whole = is_chinese(said) and not LEFT_ENGLISH.search(CODE.sub("", said))
        if sentence not in ALIKE and not is_whole:
            missing.append(f"{place}: {sentence} -> {said}")
    assert missing == []


def _filled(sentence: str) -> str:
    numbers = iter(range(1, 10))
    return re.sub(r"\{\}", lambda _: f"X{next(numbers)}", sentence)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_keeps_what_varies_and_what_is_code(language: str) -> None:
    for english, other in sentences_of(language).items():
        holes = english.count("{}")
        numbered = {int(n) for n in re.findall(r"\{(\d)\}", other)}
        assert other.count("{}") == holes or numbered <= set(range(holes)), english
        for code in re.findall(
            r"`nemo [a-z -]+`|(?<!\w)--[a-z-]+|/[a-z]+\b(?!/)|NEMO_[A-Z_]+", english
        ):
            assert code in other, (english, code)


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("there is no session yet", "还没有会话"),
        ("/tmp/a b.mp4 exists already", "/tmp/a b.mp4 已存在"),
        ("Uploading 6 photos, 1 clip", "正在上传 6 张照片, 1 段视频"),
        ("job 3: no file matches *.jpg", "任务 3：没有文件匹配 *.jpg"),
        ("2 of 3 jobs failed: job 1: a is empty", "3 个任务中有 2 个失败：任务 1：a 是空文件"),
        ("The timeline is kept. `nemo resume a` takes it up.", "时间线已保留。`nemo resume a` 可继续。"),  # noqa: E501
        ("x.jpg: the file is larger than 200 MB", "x.jpg：文件 超过 200 MB"),
        ("the file is larger than 200 MB (no credits are left)", "文件超过 200 MB (积分已用完)"),
        (
            "Left out of a: 3 files of other kinds (.txt, 2 .pdf), 2 subfolders (add --recursive).",
            "a 中未使用：3 个其他类型的文件 (.txt, 2 .pdf), 2 个子文件夹 (加 --recursive 可包含)。",
        ),
        ("Uploading 6 photos…", "正在上传 6 张照片…"),
        ("about 2.5 s", "约 2.5 秒"),
        ("length: about 12 s", "时长：约 12 秒"),
        ("length: 6 s, 1920x1080", "时长：6 秒，1920x1080"),
        ("Nobody ever said this. So it stays.", "Nobody ever said this. So it stays."),
        ("", ""),
        ("a\nthere is no session yet\nb", "a\n还没有会话\nb"),
    ],
)  # fmt: skip
def test_sentences_are_found_whole_in_parts_and_in_rows(english: str, expected: str) -> None:
    assert chinese().translate(english) == expected


def test_of_several_that_fit_the_one_that_says_most_is_taken() -> None:
    catalogue = Catalogue({"{} b {}": "1", "a b {}": "2 {}", "{}, {}": "{1}，{0}"})
    assert catalogue.translate("a b c") == "2 c"
    assert catalogue.translate("x, y") == "y，x"


def test_the_help_of_a_conversation_is_chinese_line_by_line() -> None:
    assert all(is_chinese(line) for line in help_lines(chinese().translate))


def test_no_hint_within_a_conversation_names_a_command_of_a_shell() -> None:
    commands = "|".join(get_command(make_app()).commands)  # type: ignore[attr-defined]
    of_shell = re.compile(rf"\bnemo (?:{commands})\b|--(?:out|force|prompt)\b")
    for sentence, place in SENTENCES:
        is_elsewhere = place.startswith(ELSEWHERE) or any(word in sentence for word in OUTSIDE)
        if not is_elsewhere:
            said = commands_here(advice_here(sentence))
            assert not of_shell.search(said), place


def test_what_is_said_otherwise_in_a_conversation_is_said_at_all() -> None:
    assert set(_ADVICE) <= {sentence for sentence, _ in SENTENCES}


@pytest.mark.parametrize(
    ("shell", "here"),
    [
        ("`nemo session list` shows those that are.", "`/sessions` shows those that are."),
        ("nemo export --session abc-1 --local", "/export --local"),
        ("`nemo export --resume render_1` takes it up.", "`/resume render_1` takes it up."),
        ("nemo export --out video.mp4", "/export video.mp4"),
        ("or for good: nemo config set backend local", "or for good: backend = local"),
        ('Say: nemo chat "make it vertical".', 'Say: "make it vertical".'),
        ("`nemo doctor` 可了解更多。", "`/doctor` 可了解更多。"),
    ],
)
def test_commands_have_their_twins(shell: str, here: str) -> None:
    assert commands_here(shell) == here


@pytest.mark.parametrize(
    ("env", "is_translated"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, True),
        ({"NEMO_LANGUAGE": "zh-CN"}, True),
        ({"NEMO_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "fr_FR.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"}, False),
    ],
    ids=["locale", "lc_all", "setting", "setting first", "no catalogue", "ascii"],
)
def test_the_language_is_that_of_the_setting_or_the_locale(
    env: dict[str, str], is_translated: bool
) -> None:
    said = run_cli("status", "--local", env=env, expect=4).stderr
    assert is_chinese(said) == is_translated
    assert said.startswith("错误：" if is_translated else "error: ")


def test_what_programs_read_stays_english() -> None:
    env = {"LANG": "zh_CN.UTF-8"}
    error = run_cli("status", "--local", "--json", env=env, expect=4).error
    assert error["message"] == "there is no session yet"
    assert run_cli("session", "list", "--json", env=env).document == []


def test_headings_on_a_terminal_are_chinese() -> None:
    assert all(is_chinese(chinese().translate(heading)) for heading in _HEADINGS[:-1])
