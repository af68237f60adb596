"""What the pages tell users to say for a first cut is understood on this machine, all of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo.editing import MediaItem, direct
from nemovideo.editing.first_cut import first_cut
from nemovideo.editing.reading.items import Scene
from nemovideo.editing.reading.reader import read_message
from tests.editing.scenes import media
from tests.support.pages import DOCS, ROOT, nemo_commands, read_blocks

PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "src/nemovideo/SKILL.md"]


def prompts_of(page: Path) -> Iterator[str]:
    """Yield what a page gives to `--prompt`, and the prompts of its batch files."""
    blocks = read_blocks(page)
    files = {block.file: block.text for block in blocks}
    for block in blocks:
        if block.language == "toml":
            jobs = tomllib.loads(block.text).get("job", ())
            yield from (job["prompt"] for job in jobs if "prompt" in job)
        for words in nemo_commands(block.text) if block.language == "sh" else ():
            if "--prompt" in words:
                prompt = words[words.index("--prompt") + 1]
                yield files[prompt[1:]] if prompt.startswith("@") else prompt


TRACK = MediaItem("pack:calm_acoustic_1", "Calm acoustic 1", "pack", duration_ms=31_000)
"""Of the extra `music`: without it is told that calm music is composed."""
PROMPTS = [(page.name, prompt) for page in PAGES for prompt in prompts_of(page)]


@pytest.mark.parametrize(("page", "prompt"), PROMPTS, ids=[page for page, _ in PROMPTS])
def test_prompt_of_a_page_is_understood(page: str, prompt: str) -> None:
    outcome = direct(prompt, [*media()[:6], TRACK], None, language="en", title=page)
    assert outcome.not_understood == ()
    assert outcome.notes == ()
    reading = read_message(prompt, Scene(first_cut(media()[:6], page), media()), is_first_cut=True)
    assert "length" in [edit.do for edit in reading.edits]


def test_pages_have_prompts() -> None:
    assert len(PROMPTS) >= 5
