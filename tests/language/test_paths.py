from __future__ import annotations

import pytest

from nemovideo.language._paths import is_only_paths, is_path, is_rooted, split_paths


@pytest.mark.parametrize(
    "text",
    [
        "beach.jpg",
        "./beach.jpg",
        "..\\beach.jpg",
        "~/x.mov",
        "C:\\pics\\a.png",
        "c:/pics/a.png",
        "/a/b",
        '"my beach.jpg"',
        "photos/*",
        "*.jpg",
        "https://example.com/a",
        "file:///a/b.png",
        "海边.JPG",
    ],
)
def test_path_is_told_by_its_look(text: str) -> None:
    assert is_path(text)


@pytest.mark.parametrize(
    "text", ["", "beach", "/export", "3.5", "*wow*", "a.jpg2", '"the end"', "/" * 5000]
)
def test_path_is_not_any_word(text: str) -> None:
    assert not is_path(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/kim/my photos/a.jpg", True),
        ("/home/kim/a.jpg\nmake a video", False),
        ("a.jpg, b.jpg", True),
        ("a.jpg first", False),
        ("", False),
    ],
)
def test_only_paths_is_nothing_but_paths(text: str, expected: bool) -> None:
    assert is_only_paths(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("./a.jpg", True), ("a.jpg", False), ("/export", False), ("https://a.b", True)],
)
def test_rooted_path_says_where_it_lies(text: str, expected: bool) -> None:
    assert is_rooted(text) is expected


def test_split_paths_leaves_the_words() -> None:
    paths, rest = split_paths('upload ./a.jpg and "b c.png" now')
    assert paths == ["./a.jpg", '"b c.png"']
    assert rest.split() == ["upload", "and", "now"]
