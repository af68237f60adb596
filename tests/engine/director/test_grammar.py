from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.engine.director._grammar import read_instruction
from nemovideo.engine.director._model import Instruction, MusicWish, OrderWish, TitleWish
from tests.engine.director.files import clip, photos, song

MEDIA = [*photos(6), song(), clip(1, 4000)]
CALM = MusicWish("composed", "calm")
SONG = MusicWish("file", media_ids=("a-song.wav",))
ANY_MUSIC = MusicWish("composed")
NO_MUSIC = MusicWish("none")


def read(message: str) -> Instruction:
    return read_instruction(message, MEDIA)


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        (
            "Turn these 6 photos into a 30-second video with crossfade transitions and background "
            'music. Use a 9:16 aspect ratio. Add the title "Trip" at the beginning. '
            "Background music: calm piano.",
            {
                "duration_ms": 30_000,
                "transition": "crossfade",
                "aspect": "9:16",
                "titles": (TitleWish("Trip"),),
                "music": CALM,
            },
        ),
        (
            "Turn these 6 photos and 1 clip into a 12.5-second video without transitions and with "
            "background music. No background music.",
            {"duration_ms": 12_500, "transition": "none", "music": NO_MUSIC},
        ),
        (
            "Turn these 6 photos into a video with slideleft transitions and background music. "
            'Use "song.wav" as the background music. Keep this order: photo3.jpg, photo1.jpg.',
            {
                "transition": "slideleft",
                "music": SONG,
                "orders": (OrderWish("named", ("i3", "i1")),),
            },
        ),
        (
            "turn these photos into a 30-second video with transitions and background music",
            {"duration_ms": 30_000, "transition": "any", "music": ANY_MUSIC},
        ),
        (
            "make a 1 minute 30 vertical slideshow, no music, slide left transitions",
            {
                "duration_ms": 90_000,
                "aspect": "9:16",
                "music": NO_MUSIC,
                "transition": "slideleft",
            },
        ),
        (
            "Can you please make a half a minute square video with happy ukulele music, titled "
            "Summer in Rome with fade to black transitions?",
            {
                "duration_ms": 30_000,
                "aspect": "1:1",
                "music": MusicWish("composed", "happy"),
                "titles": (TitleWish("Summer in Rome"),),
                "transition": "fadeblack",
            },
        ),
        (
            "做一个30秒的视频，加转场和背景音乐",
            {"duration_ms": 30_000, "transition": "any", "music": ANY_MUSIC},
        ),
        (
            "做一个竖屏的15秒短视频，标题是“天堂岛”，不要音乐",
            {
                "duration_ms": 15_000,
                "aspect": "9:16",
                "titles": (TitleWish("天堂岛"),),
                "music": NO_MUSIC,
            },
        ),
        (
            "做一个一分半的横屏视频，用舒缓的钢琴曲，淡入淡出，片尾写上“再见”",
            {
                "duration_ms": 90_000,
                "aspect": "16:9",
                "music": CALM,
                "transition": "crossfade",
                "titles": (TitleWish("再见", "end"),),
            },
        ),
        (
            "make a video with transitions, 20 seconds",
            {"transition": "any", "duration_ms": 20_000},
        ),
        ("能不能帮我做一个20秒的视频吗", {"duration_ms": 20_000}),
    ],
)
def test_grammar_reads_a_whole_instruction(message: str, wishes: dict[str, Any]) -> None:
    assert read(message) == Instruction(is_new_cut=True, **wishes)


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("make it 15 seconds", "duration_ms", 15_000),
        ("15s", "duration_ms", 15_000),
        ("I'd like the video to last 20 seconds", "duration_ms", 20_000),
        ("cut it down to half a minute", "duration_ms", 30_000),
        ("把视频缩短到20秒", "duration_ms", 20_000),
        ("时长改成一分钟", "duration_ms", 60_000),
        ("make it 5 seconds longer", "duration_delta_ms", 5000),
        ("shorten it by 5 seconds", "duration_delta_ms", -5000),
        ("延长5秒", "duration_delta_ms", 5000),
        ("缩短5秒", "duration_delta_ms", -5000),
        ("5 seconds per photo", "photo_ms", 5000),
        ("show each photo for 3 seconds", "photo_ms", 3000),
        ("每张照片3秒", "photo_ms", 3000),
        ("make it vertical", "aspect", "9:16"),
        ("9x16", "aspect", "9:16"),
        ("1080x1350", "aspect", "4:5"),
        ("for TikTok", "aspect", "9:16"),
        ("for an Instagram post", "aspect", "4:5"),
        ("for YouTube", "aspect", "16:9"),
        ("换成竖屏", "aspect", "9:16"),
        ("改成方形", "aspect", "1:1"),
        ("use dissolves", "transition", "crossfade"),
        ("fade to white transitions", "transition", "fadewhite"),
        ("use wipes", "transition", "wipeleft"),
        ("zoom transitions", "transition", "zoom"),
        ("hard cuts only", "transition", "none"),
        ("remove the transitions", "transition", "none"),
        ("用硬切", "transition", "none"),
        ("转场换成缩放", "transition", "zoom"),
        ("make the transitions last 1 second", "transition_ms", 1000),
        ("remove the music", "music", NO_MUSIC),
        ("把音乐去掉", "music", NO_MUSIC),
        ("music: none", "music", NO_MUSIC),
        ("epic orchestral music", "music", MusicWish("composed", "epic")),
        ("换成轻快的音乐", "music", MusicWish("composed", "happy")),
        ("use different music", "music", MusicWish("composed", is_other=True)),
        ("换一首音乐", "music", MusicWish("composed", is_other=True)),
        ("change the music to something calmer", "music", CALM),
        ("背景音乐要大气", "music", MusicWish("composed", "epic")),
        ("use song.wav", "music", SONG),
        ("用song.wav做背景音乐", "music", SONG),
        ("music: song.wav", "music", SONG),
        ("set the music volume to 30%", "music_volume", 0.3),
        ("音量调到百分之五十", "music_volume", 0.5),
        ("make the music quieter", "music_gain", 0.6),
        ("louder music", "music_gain", 1.5),
        ("音乐小声一点", "music_gain", 0.6),
        ("reverse the order", "orders", (OrderWish("reverse"),)),
        ("sort them by name", "orders", (OrderWish("name"),)),
        ("打乱顺序", "orders", (OrderWish("shuffle"),)),
        ("保持上传的顺序", "orders", (OrderWish("upload"),)),
        ("start with photo3.jpg", "orders", (OrderWish("named", ("i3",)),)),
        ("把photo2.jpg放到最后", "orders", (OrderWish("named", ("i2",), "end"),)),
        ("remove the title", "removes_titles", True),
        ("不要字幕", "removes_titles", True),
        ("add the new photos", "adds_media", True),
    ],
)
def test_grammar_reads_a_single_wish(message: str, name: str, value: Any) -> None:
    instruction = read(message)
    assert getattr(instruction, name) == value
    assert instruction == Instruction(**{name: value})


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ('change the title to "X"', TitleWish("X")),
        ('change the title from "A" to "B"', TitleWish("B")),
        ('replace "A" with "B"', TitleWish("B")),
        ("put the text “The End” at the end for 2 seconds", TitleWish("The End", "end", 2000)),
        ("add the words 'Hello 🎉' at the start", TitleWish("Hello 🎉")),
        ("add the title \"It's 5 o'clock\"", TitleWish("It's 5 o'clock")),
        ("title: Road to Rio", TitleWish("Road to Rio")),
        ("a video called Summer 2024", TitleWish("Summer 2024")),
        ("标题改成《新的开始》", TitleWish("新的开始")),
        ("标题是「你好」", TitleWish("你好")),
        ("标题叫做我的假期", TitleWish("我的假期")),
        ("片尾加上“再见”", TitleWish("再见", "end")),
        ('with "No music" as the title', TitleWish("No music")),
    ],
)
def test_grammar_finds_the_words_of_a_title(message: str, title: TitleWish) -> None:
    assert read(message).titles == (title,)


@pytest.mark.parametrize(
    "message",
    [
        "trim the first clip to 5 seconds",
        "mute the first 5 seconds",
        "don't make it vertical",
        "how long is it",
        "add music at 5 seconds",
        "不要竖屏",
        "第一张照片改成5秒",
        "rotate photo1.jpg",
        "why is it square",
        "is 15 seconds better",
    ],
)
def test_grammar_leaves_alone_what_it_could_only_half_understand(message: str) -> None:
    assert read(message) == Instruction(leftovers=(message,))


@pytest.mark.parametrize(
    ("message", "leftovers"),
    [
        ("make it purple", ("purple",)),
        ("make the title bigger", ("title bigger",)),
        ("a 30-second video about our trip with music", ("about our trip",)),
        ("Turn 3 photos into a video", ("3 photos",)),
        ("background music: jazzy saxophone", ("jazzy saxophone",)),
        ("做一个紫色的视频", ("紫色",)),
        ("make it square and fly to Mars!", ("fly", "Mars")),
    ],
)
def test_grammar_names_the_words_it_could_not_use(message: str, leftovers: tuple[str, ...]) -> None:
    assert read(message).leftovers == leftovers


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("make a 2 hour video", "duration_range"),
        ("make it 0.5 seconds", "duration_range"),
        ("add a title", "title_text"),
        ('add the title ""', "title_text"),
        ('use "missing.mp3" as the background music', "music_file"),
        ('use "Bohemian Rhapsody" as the background music', "music_file"),
    ],
)
def test_grammar_knows_wishes_that_cannot_be_fulfilled(message: str, problem: str) -> None:
    assert read(message).problems == (problem,)


def test_grammar_keeps_the_mood_of_a_video_apart_from_its_music() -> None:
    assert read("make a dreamy video with epic music").music == MusicWish("composed", "epic")
    assert read("make a dreamy video") == Instruction(
        is_new_cut=True, mood="calm", mood_words=("dreamy",)
    )


def test_grammar_does_not_take_a_forbidden_title() -> None:
    assert read('don\'t add the title "X"').titles == ()


def test_grammar_finds_files_of_one_name_one_after_the_other() -> None:
    twins = [photos(1)[0], photos(1)[0].__class__("other", "photo0.jpg", "image", 100, 100)]
    instruction = read_instruction("Keep this order: photo0.jpg, photo0.jpg", twins)
    assert instruction.orders == (OrderWish("named", ("i0", "other")),)


def test_grammar_names_the_rest_of_an_endless_message() -> None:
    instruction = read("make it 15 seconds. " + " " * 8000 + "and square")
    assert instruction == Instruction(duration_ms=15_000, leftovers=("and square",))


@given(st.text())
def test_grammar_reads_any_text(message: str) -> None:
    assert isinstance(read(message), Instruction)


_WORDS = [
    "make",
    "it",
    "15",
    "seconds",
    "vertical",
    "“Hi”",
    "music",
    "no",
    "the",
    "title",
    "remove",
    "标题",
    "音乐",
    "不要",
    "竖屏",
    "30秒",
    "photo1.jpg",
    "song.wav",
    "and",
    ",",
    ".",
    ":",
    "9:16",
    "50%",
    "first",
    "with",
    "transitions",
    "to",
    "add",
]


@given(st.lists(st.sampled_from(_WORDS)))
def test_grammar_reads_any_words(message: list[str]) -> None:
    assert isinstance(read(" ".join(message)), Instruction)
