from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from nemovideo.language import Intent, classify_intent, purpose_of
from nemovideo.language.lexicon import languages, lexicon_of, read_lexicon
from nemovideo.projects.exports.presets import PRESETS

FILES = sorted((Path(__file__).parent / "utterances").glob("*.tsv"))


def read(file: Path) -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in file.read_text("utf-8").splitlines()]


UTTERANCES = [utterance for file in FILES for utterance in read(file)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_intent_of_the_labelled_utterances_is_right_for_97_percent(file: Path) -> None:
    utterances = read(file)
    wrong = [(want, text) for want, text in utterances if classify_intent(text) != want]
    assert len(utterances) >= 60
    assert len(wrong) <= 0.03 * len(utterances), wrong


def test_intent_labels_are_all_there_more_than_twenty_times() -> None:
    labels = [want for want, _ in UTTERANCES]
    assert all(labels.count(intent) > 20 for intent in Intent)


def test_intent_of_no_labelled_edit_is_a_command() -> None:
    routed = [text for want, text in UTTERANCES if want == "message" and _is_command(text)]
    assert routed == []


def _is_command(text: str) -> bool:
    return classify_intent(text) is not Intent.MESSAGE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("balance the audio levels", Intent.MESSAGE),
        ("add the text 'Download now'", Intent.MESSAGE),
        ("make a video about export controls", Intent.MESSAGE),
        ("还剩多少积分", Intent.CREDITS),
        ("导出", Intent.EXPORT),
        ("show tracks", Intent.STATE),
        ("./beach.jpg", Intent.UPLOAD),
        ("", Intent.MESSAGE),
        (" \n\t ", Intent.MESSAGE),
        ("?!", Intent.MESSAGE),
        ('""', Intent.MESSAGE),
        ('"export"', Intent.EXPORT),
        ("“导出”", Intent.EXPORT),
        ("ＥＸＰＯＲＴ　ＩＴ！", Intent.EXPORT),
        ("export the video for my grandma's birthday", Intent.EXPORT),
        ("export the video with a new title", Intent.MESSAGE),
        ("nice colors, export", Intent.MESSAGE),
        ("great, thanks, export", Intent.EXPORT),
        ("export, upload", Intent.MESSAGE),
        ("/help", Intent.MESSAGE),
        ("/status", Intent.STATE),
        ("rotate ./photo.jpg by 90 degrees", Intent.MESSAGE),
        ("show status of a.jpg", Intent.MESSAGE),
        ("how many credits for a.jpg", Intent.MESSAGE),
        ("a song I like", Intent.MESSAGE),
    ],
)
def test_intent_follows_what_is_meant(text: str, intent: Intent) -> None:
    assert classify_intent(text) is intent


LOOKS = [
    "in black and white",
    "as a cartoon",
    "with subtitles",
    "without music",
    "but shorter",
    "in slow motion",
    "and make it louder",
    "at half speed",
    "to look like film",
    "in reverse",
    "so the text is readable",
    "now with captions",
    "when it gets dark",
    "with the dog first",
    "in one cut",
    "to the back",
]


@pytest.mark.parametrize(
    "start", ["export the video", "render it", "Download it", "send me the video"]
)
def test_intent_of_an_export_in_another_look_is_a_message(start: str) -> None:
    assert [look for look in LOOKS if _is_command(f"{start} {look}")] == []


@pytest.mark.parametrize(
    "text",
    [
        "slide the credits left",
        "loop the part where he asks how many credits do I have",
        "narrator: how many credits are left",
        "let him check my balance on the phone",
        "show me the balance beam",
        "check the balance of the sound",
        "credit me",
        "save time",
        "show export stats",
        "upload arrow flies across the frame",
        "attach clip two to clip one",
        "cut to the download",
        "finish with the credits",
        "让旁白问还有多少积分",
        "看余额不够的画面",
        "查看积分榜",
        "来个进度条",
        "轨道声音怎么样",
        "显示北京的状态",
    ],
)
def test_intent_of_words_about_the_picture_is_a_message(text: str) -> None:
    assert classify_intent(text) is Intent.MESSAGE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("status of the render?", Intent.STATE),
        ("what did I upload?", Intent.STATE),
        ("show me my uploads", Intent.STATE),
        ("我上传了什么", Intent.STATE),
        ("give me a status update", Intent.STATE),
        ("送我视频", Intent.EXPORT),
        ("gimme the vid", Intent.EXPORT),
        ("lets export", Intent.EXPORT),
        ("whats my balance", Intent.CREDITS),
        ("還剩多少積分", Intent.CREDITS),
        ("exporttt pleaseee", Intent.EXPORT),
        ("发给我吧", Intent.EXPORT),
        ("导出完了吗", Intent.STATE),
        ("did the export work?", Intent.STATE),
        ("a video about credits", Intent.MESSAGE),
        ("upload the outlets", Intent.UPLOAD),
        ("I don't need the status, just export the video", Intent.EXPORT),
        ("no more changes, export it", Intent.EXPORT),
        ("不用再改了，直接导出", Intent.EXPORT),
        ("don't export yet, first tell me how many credits I have left", Intent.CREDITS),
        ("先别导出，先告诉我还剩多少积分", Intent.CREDITS),
        ("no need to upload anything, show tracks", Intent.STATE),
        ("don't change the title, export it", Intent.MESSAGE),
        ("no music, export it", Intent.MESSAGE),
        ("don't export", Intent.MESSAGE),
        ("不要导出", Intent.MESSAGE),
        ("shwo tracks", Intent.STATE),
        ("加入dog.jpg", Intent.MESSAGE),
        ("只留下beach.jpg和lake.jpg", Intent.MESSAGE),
        ("背景音乐改成waltz.mp3", Intent.MESSAGE),
        ("加上新上传的照片", Intent.MESSAGE),
        ("海边.jpg", Intent.UPLOAD),
        ("加州.jpg", Intent.UPLOAD),
        ("上传新的照片", Intent.UPLOAD),
        ("whats my balence", Intent.CREDITS),
        ("show the trucks", Intent.MESSAGE),
        ("这是我的照片：/tmp/photos/a.jpg", Intent.UPLOAD),
        ("这是我的照片： ./a.jpg", Intent.UPLOAD),
    ],
)
def test_intent_understands_how_people_type(text: str, intent: Intent) -> None:
    assert classify_intent(text) is intent


@pytest.mark.parametrize(
    ("typo", "intent"),
    [
        ("exprot", Intent.EXPORT),
        ("expot", Intent.EXPORT),
        ("exporrt", Intent.EXPORT),
        ("donwload", Intent.EXPORT),
        ("statuus", Intent.STATE),
        ("balence", Intent.MESSAGE),
        ("expert", Intent.MESSAGE),
        ("explode", Intent.MESSAGE),
        ("timelnie", Intent.STATE),
        ("uplaod", Intent.UPLOAD),
        ("dowwnloaad", Intent.MESSAGE),
    ],
)
def test_intent_forgives_one_slip_of_the_fingers(typo: str, intent: Intent) -> None:
    assert classify_intent(typo) is intent


def test_intent_of_a_long_text_is_a_message() -> None:
    assert classify_intent("export " * 60) is Intent.MESSAGE


def test_intent_of_a_long_list_of_paths_is_an_upload() -> None:
    assert classify_intent(" ".join(f"photo{n}.jpg" for n in range(100))) is Intent.UPLOAD


@pytest.mark.parametrize("text", ["*" * 100_000, "/a " * 30_000, "a.b" * 30_000, '"' * 100_000])
def test_intent_of_huge_texts_is_found_quickly(text: str) -> None:
    start = perf_counter()
    classify_intent(text)
    assert perf_counter() - start < 5


@given(st.text())
def test_intent_of_any_text_is_one(text: str) -> None:
    assert classify_intent(text) in Intent


@given(st.sampled_from([text for want, text in UTTERANCES if want != "upload"]))
def test_intent_does_not_depend_on_case_and_space_around(text: str) -> None:
    assert classify_intent(f"  {text.upper()}\n") is classify_intent(text)


def test_intent_of_a_further_language_needs_no_code() -> None:
    german = {
        "code": "de",
        "concepts": {
            "small": ["bitte", "das", "mir", "die", "jetzt", "und"],
            "joint": ["und"],
            "chatter": ["sehr", "gut", "danke"],
            "unwanted": ["mehr"],
            "decline": ["keine", "kein"],
            "export": ["exportiere", "exportieren"],
            "export-word": ["video", "vid", "änderungen"],
            "credits": ["guthaben"],
        },
    }
    texts = {
        "Exportiere bitte das Vid!": Intent.EXPORT,
        "Sehr gut und jetzt exportiere das Video": Intent.EXPORT,
        "Keine Änderungen mehr, exportiere das Video": Intent.EXPORT,
        "Guthabne": Intent.CREDITS,
        "Exportiere das Video ohne Musik": Intent.MESSAGE,
    }
    languages = [read_lexicon(german)]
    read = {text: classify_intent(text, languages=languages) for text in texts}
    assert read == texts


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("export it for WhatsApp", "whatsapp"),
        ("export the video, I'll email it", "email"),
        ("导出发抖音", "tiktok"),
        ("exporta para correo", "email"),
        ("export it", None),
        ("tell me a story about exports of tea", "story"),
    ],
    ids=["en", "sentence", "zh", "es", "none", "whatever is said of it"],
)
def test_purpose_of_names_where_a_video_goes(text: str, purpose: str | None) -> None:
    assert purpose_of(text) == purpose


def test_purposes_are_those_of_convert() -> None:
    for code in languages(folder="commands"):
        concepts = {c for e in lexicon_of(code, "commands").entries.values() for c in e.concepts}
        named = {c.removeprefix("purpose:") for c in concepts if c.startswith("purpose:")}
        assert named == set(PRESETS)
