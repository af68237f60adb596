"""The generated reference: up to date, complete, and fit for Markdown and man."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nemovideo.cli.help import reference as _reference
from nemovideo.cli.help.editing_page import editing_page
from nemovideo.cli.help.reference import read_pages, to_man, to_markdown
from tests.support.cli import run_cli

DOCS = Path(__file__).parents[3] / "docs"
PAGES = read_pages()


@pytest.mark.parametrize(
    ("name", "text"),
    [("cli.md", to_markdown(PAGES)), ("nemo.1", to_man(PAGES)), ("editing.md", editing_page())],
    ids=["cli", "man", "editing"],
)
def test_the_page_in_docs_is_the_present_one(name: str, text: str) -> None:
    assert (DOCS / name).read_text("utf-8") == text, f"run scripts/docs to renew docs/{name}"


def test_every_command_of_the_help_has_a_page() -> None:
    names = {page.name for page in PAGES}
    for page in PAGES:
        assert {f"{page.name} {command}" for command in page.commands} <= names
    listed = re.findall(r"^  (\w+)  ", run_cli("--help").stdout.partition("Commands:")[2], re.M)
    assert set(listed) == set(PAGES[0].commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name.replace(" ", "-"))
def test_every_command_and_option_is_explained(page: _reference.CommandPage) -> None:
    assert page.help
    for names, text in (*page.arguments, *page.options, *page.common):
        assert text.partition("[")[0].strip(), names
        assert not re.search(r"[{<]", names), names
    assert not re.search(r"[{<]", page.usage)


def test_markdown_links_lead_to_headings() -> None:
    text = to_markdown(PAGES)
    anchors = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", text, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_markdown_tables_have_as_many_cells_in_each_row() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", to_markdown(PAGES), re.MULTILINE)
    for table in tables:
        widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(widths) == 1, table


def test_man_page_is_plain_ascii_and_escapes_what_roff_would_read() -> None:
    text = to_man(PAGES)
    assert text.isascii()
    requests = {line.split()[0] for line in text.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".B", ".PP", ".TP"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_man_page_is_rendered_without_a_warning() -> None:
    process = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-c", str(DOCS / "nemo.1")],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    assert process.stderr == ""
    shown = re.sub(".\b", "", process.stdout)
    assert "--install-completion [SHELL]" in shown
    assert "nemo session rename [OPTIONS] SESSION NAME" in shown
