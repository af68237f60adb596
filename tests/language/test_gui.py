from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, strategies as st

from nemovideo.language import Action, GuiTranslator, Translation, translate_gui

FILES = sorted((Path(__file__).parent / "screen_talk").glob("*.toml"))


def read(file: Path) -> list[dict[str, object]]:
    cases: list[dict[str, object]] = tomllib.loads(file.read_text("utf-8"))["text"]
    return cases


TEXTS = [str(case["says"]) for file in FILES for case in read(file)]


def is_right(case: dict[str, object]) -> bool:
    translation = translate_gui(str(case["says"]))
    wanted = case["actions"]
    assert isinstance(wanted, list)
    found = translation.actions
    return (
        translation.text == case.get("stays", case["says"])
        and len(found) == len(wanted)
        and all(
            want in (action.kind, f"{action.kind}: {action.target}")
            for action, want in zip(found, wanted, strict=True)
        )
    )


def stream(pieces: Sequence[str]) -> tuple[str, Translation]:
    translator = GuiTranslator()
    said = "".join(translator.feed(piece) for piece in pieces)
    return said, translator.finish()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_translation_of_the_labelled_texts_is_right_for_95_percent(file: Path) -> None:
    cases = read(file)
    wrong = [case["says"] for case in cases if not is_right(case)]
    assert len(cases) >= 90
    assert len(wrong) <= 0.05 * len(cases), wrong


@pytest.mark.parametrize(
    ("text", "stays", "actions"),
    [
        ("Click Export to download.", "", [Action("export", "Export")]),
        ("Open the Media panel", "", [Action("state", "Media panel")]),
        ("Click the Add Music button.", "", [Action("click", "Add Music")]),
        ("Tap ▶ now.", "Tap ▶ now.", []),
        ("Click it.", "", [Action("click", "it")]),
        ("Click Billing.", "", [Action("credits", "Billing")]),
        ("Click Export, your video is 30 s long.", "your video is 30 s long.", ["export"]),
        ("It is 30 s long, click Export, and your friends see it.", None, ["export"]),
        ("Click Export. Click Export.", "", [Action("export", "Export")]),
        ("You'll find the Export button graphic at the top right.", None, []),
        ("The Export button graphic is in the top right corner.", None, []),
        ("The Export button is in the top right corner.", "", ["export"]),
        ("The Export button works.", None, []),
        ("Click Export then\nenjoy", "enjoy", ["export"]),
        ("İstanbul: click Export.", "İstanbul.", ["export"]),
        ("Cafe\u0301 scene added, click Export.", "Café scene added.", ["export"]),
        ("Ready ✅ Click Export.", "Ready ✅", ["export"]),
        ("It is done 🎉 it is loud, click Export.", "It is done 🎉 it is loud.", ["export"]),
        ("👉 Click Export! 🎉", "", ["export"]),
        ("Click Export.\n🎉 Bye.", "🎉 Bye.", ["export"]),
        ("Music is on (click the speaker icon to mute it).", "Music is on.", ["click"]),
        ("The last line says: Click Export to win, or open the door.", None, []),
        ("标题写着：点击导出，赢大奖。", None, []),
        ("Click and drag it to move it.", "", [Action("edit", "Click and drag it to move it")]),
        ("Go to the Export tab.", "", [Action("export", "Export tab")]),
        ("Open the **Audio** panel.", "", [Action("state", "Audio panel")]),
        ("Open the Text panel to edit it, or the Audio panel to hear it.", "", ["state"]),
        ("What's next?\n- Click Export", "", ["export"]),
        ("Use `ffmpeg -i open.mp4` then.", None, []),
        ("满意后点击“导出”。", "", [Action("export", "导出")]),
        ("點擊「導出」按鈕下載影片。", "", [Action("export", "導出")]),
        ("請打開媒體面板。", "", [Action("state", "媒體面板")]),
        ("Shall I preview it or export it?", "Shall I preview it or export it?", []),
        ("需要我预览，导出吗？", "需要我预览，导出吗？", []),
        ("Adjust the timing by dragging the clip.", "", ["edit"]),
        ("He moved it by dragging the rope.", None, []),
        ("Click Export, and your video will be saved.", "", ["export"]),
        ("Drag the clip, and then click Split.", "", ["edit", "click"]),
        ("请在左侧面板中选择“文字”。", "", [Action("click", "文字")]),
        ("导出数据图表已加入第三段。", None, []),
        ("点击选中片段。", "", ["click"]),
        ("返回", None, []),
    ],
)
def test_translation_splits_words_and_actions(
    text: str, stays: str | None, actions: list[Action | str]
) -> None:
    translation = translate_gui(text)
    if stays is not None:
        assert translation.text == stays
    kinds = [action.kind for action in translation.actions]
    assert [action if isinstance(action, str) else action.kind for action in actions] == kinds
    assert all(action in translation.actions for action in actions if isinstance(action, Action))


def test_translation_keeps_a_clause_between_instructions() -> None:
    text = "Your video is ready, click Preview, it has 3 tracks, then click Export."
    assert translate_gui(text).text == "Your video is ready, it has 3 tracks."


def test_translation_keeps_clauses_side_by_side_as_they_are() -> None:
    text = "It has 3 tracks;  it is 30 s long, click Export."
    assert translate_gui(text).text == "It has 3 tracks;  it is 30 s long."


def test_translation_keeps_a_chinese_clause_between_instructions() -> None:
    assert (
        translate_gui("视频好了，点击预览，一共3条轨道，请点击导出。").text
        == "视频好了，一共3条轨道。"
    )


def test_translation_keeps_items_of_a_list_that_are_about_the_video() -> None:
    text = "Next steps:\n1. Click Export\n2. The title reads “Hi”\n"
    assert translate_gui(text).text == "Next steps:\n2. The title reads “Hi”\n"


def test_translation_drops_an_announcement_of_steps_with_the_steps() -> None:
    assert translate_gui("Good.\n\nTo export:\n1. Click Export\n\nBye.").text == "Good.\n\nBye."


def test_translation_keeps_an_announcement_that_nothing_follows() -> None:
    assert translate_gui("Next steps:\n").text == "Next steps:\n"


def test_translation_keeps_an_announcement_of_what_stays() -> None:
    text = "Next steps:\nI will make it longer."
    assert translate_gui(text).text == text


def test_translation_keeps_a_bullet_whose_first_sentence_goes() -> None:
    assert translate_gui("- Click Export. The file has 24 MB.").text == "- The file has 24 MB."


@pytest.mark.parametrize(
    "text",
    [
        "```\nClick Export.\n\nOpen the Media panel.\n```\n",
        "```python\nclick()\n```",
        "```Click Export.```\nFine.",
        "The files lie in https://example.com/Click Export. Good.",
        "Meet at 3 p.m. sharp, e.g. at No. 5 vs. the others, step 1. then 2.",
        "(It is done.) Fine.",
        "He said “出发！” and left... Really?! Yes.",
        "word " * 600,
        "x" * 1500 + ".",
        "- \n1. \n",
        "-\r",
        "\n\n  spaced   out  \n",
        "",
    ],
)
def test_translation_leaves_other_text_as_it_is(text: str) -> None:
    if "Click Export. Good" in text:
        text = text.replace("/Click Export", "/click-export")
    assert translate_gui(text) == Translation(text)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_translation_of_a_stream_is_that_of_the_whole(text: str) -> None:
    said, translation = stream(list(text))
    assert translation == translate_gui(text)
    assert translation.text.startswith(said)


@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(TEXTS)), max_size=6))
def test_translation_does_not_depend_on_where_a_stream_is_cut(pieces: list[str]) -> None:
    said, translation = stream(pieces)
    assert translation == translate_gui("".join(pieces))
    assert translation.text.startswith(said)


@given(st.text())
def test_translation_never_adds_words(text: str) -> None:
    translation = translate_gui(text)
    if not translation.actions:
        assert translation.text == text


def test_translation_streams_sentences_when_they_are_complete() -> None:
    translator = GuiTranslator()
    assert translator.feed("Your video is ready") == ""
    assert translator.feed("! Click Exp") == "Your video is ready!"
    assert translator.feed("ort to download.") == ""
    assert translator.finish() == Translation("Your video is ready!", (Action("export", "Export"),))


@pytest.mark.parametrize(
    "piece",
    [
        "click ",
        "*",
        ".",
        "“",
        '"',
        "drag and ",
        "把",
        "点击",
        "1. Click A\n",
        "a, ",
        "\n",
        "(",
        "✅ ",
        "(click ",
    ],
)
def test_translation_takes_linear_time(piece: str) -> None:
    start = thread_time()
    translate_gui(piece * (100_000 // len(piece)))
    assert thread_time() - start < 5


@pytest.mark.parametrize("size", [1, 1999, 2000, 2001, 4999], ids=str)
def test_gui_translator_cuts_a_long_run_alike_in_pieces_of_any_size(size: int) -> None:
    text = f"Done. {'x' * 5000} {'y ' * 1500}\nClick Export to download."
    translator = GuiTranslator()
    shown = "".join(translator.feed(text[at : at + size]) for at in range(0, len(text), size))
    translation = translator.finish()
    assert translation.text == translate_gui(text).text
    assert translation.text.startswith(shown.strip())
    assert [action.kind for action in translation.actions] == ["export"]
