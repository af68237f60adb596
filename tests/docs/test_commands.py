"""Every command and every example of the documentation is run, page by page, as a reader would.

A page is one bash script: its blocks in order, in a folder with the photos that the pages speak of.
What a page says about the cloud is run against the scripted one, all else with the local engine.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nemovideo.cli._app import make_app
from nemovideo.cli.repl._commands import help_lines
from tests.cli.conftest import FAST
from tests.support.media import write_clip, write_jpeg, write_sound
from tests.support.pages import (
    DOCS,
    ROOT,
    Block,
    inline_code,
    missing_lines,
    nemo_commands,
    read_blocks,
)
from tests.support.processes.nemo import shell_command
from tests.support.scripted_cloud import ScriptedCloud

CLOUD_PAGES = {
    "agents.md",
    "batch.md",
    "cloud.md",
    "python.md",
    "scripting.md",
    "troubleshooting.md",
}
"""Pages whose commands go to the cloud."""
TOOLS = ("curl", "jq", "make")
"""What blocks may need besides bash and `nemo`."""
PORT = "8765"
"""The port of the examples; the tests take a free one."""

PAGES = [page for page in sorted(DOCS.glob("*.md")) if any(b.is_run for b in read_blocks(page))]
GENERATED = {"cli.md"}
"""Written from the program itself, and checked elsewhere."""
EVERY_PAGE = [
    *(page for page in sorted(DOCS.glob("*.md")) if page.name not in GENERATED),
    ROOT / "README.md",
    ROOT / "src/nemovideo/SKILL.md",
]

bash = shutil.which("bash") if os.name != "nt" else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reader's folder: photos, a clip, a song, two albums."""
    folder = tmp_path / "reader"
    for place in (".", "photos", "albums/lisbon", "albums/porto"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        # Of three widths, since the same picture is uploaded once only.
        for width, name in ((320, "beach"), (328, "harbour"), (336, "market")):
            write_jpeg(folder / place / f"{name}.jpg", width, 240)
    write_clip(folder / "clip.mp4", 160, 120)
    write_sound(folder / "song.mp3")
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with the `nemo` and the `python` of this checkout."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, line in (("nemo", shell_command()), ("python", f'exec "{sys.executable}" "$@"')):
        script = tools / name
        script.write_text(f"#!/bin/sh\n{line}\n")
        script.chmod(0o755)
    return tools


def lacks(block: Block) -> list[str]:
    """Return the tools that a block needs and that are not there."""
    return [tool for tool in TOOLS if calls(block, tool) and shutil.which(tool) is None]


def calls(block: Block, tool: str) -> bool:
    """Return whether a block calls a tool, rather than has its name in an argument."""
    call = rf"(?:^|[|(;&]|\buntil)\s*{tool}\s"
    return re.search(call, block.text, flags=re.MULTILINE) is not None


def doable(page: Path) -> list[Block]:
    """Return the blocks of a page that can be done here.

    Where one needs a tool that is not there, the rest of its section is left out with it.
    """
    done: list[Block] = []
    closed: set[str] = set()
    for block in read_blocks(page):
        if block.is_run and lacks(block):
            closed.add(block.section)
        if block.section not in closed and (block.is_run or block.file is not None):
            done.append(block)
    return done


def script_of(blocks: list[Block], scratch: Path) -> str:
    """Return a page as one script; what each block prints goes to a file of its own."""
    lines = ["set -e -o pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for block in blocks:
        content = scratch / f"{block.line:04}.block"
        content.write_text(block.text, "utf-8")
        if block.file is not None:
            lines.append(f'mkdir -p "$(dirname "{block.file}")"; cp "{content}" "{block.file}"')
        else:
            lines.append(f'exec >"{scratch / f"{block.line:04}.out"}" 2>&1')
            lines.append(f'python "{content}"' if block.language == "python" else block.text)
    return "\n".join(lines) + "\n"


@contextmanager
def place_of(page: Path) -> Iterator[dict[str, str]]:
    """Give the environment in which a page's commands find the backend that it speaks of."""
    if page.name not in CLOUD_PAGES:
        # Nothing leaves this machine; the note of the stand-in tells what forgets --local.
        yield {"HTTPS_PROXY": "http://127.0.0.1:9"}
        return
    with ScriptedCloud() as cloud:
        yield {**FAST, "NEMO_API_URL": cloud.url, "MY_TOKEN": "nmv_usr_of_the_reader"}


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


def read_page(page: Path, folder: Path, tools: Path, scratch: Path) -> dict[str, str]:
    """Do what a page says and return what its blocks printed, by their lines.

    It fails with the output of the block that failed.
    """
    script = scratch / "page.sh"
    script.write_text(script_of(doable(page), scratch).replace(PORT, free_port()), "utf-8")
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    with place_of(page) as environment:
        process = subprocess.run(
            [str(bash), str(script)],
            cwd=folder,
            env={**os.environ, "PATH": path, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=300,
            check=False,
        )
    printed = {out.stem: out.read_text("utf-8") for out in sorted(scratch.glob("*.out"))}
    last = next(reversed(printed), "the beginning")
    assert process.returncode == 0, (
        f"{page.name}:{last} failed with {process.returncode}\n{printed.get(last, '')}"
        f"{process.stderr.decode()}"
    )
    return printed


@pytest.mark.skipif(bash is None, reason="the examples are for bash")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_does_what_it_says(page: Path, folder: Path, tools: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    printed = read_page(page, folder, tools, scratch)
    forgetful = [line for line, text in printed.items() if "on this machine instead" in text]
    assert forgetful == [], "a command of the page forgets --local"
    done = doable(page)
    for block, output in pairwise(read_blocks(page)):
        if output.is_output and block in done:
            shown = printed[f"{block.line:04}"]
            assert missing_lines(output.text, shown) == [], f"{output.place} printed:\n{shown}"


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_of_the_examples_is_there(tool: str) -> None:
    if shutil.which(tool) is None:
        left_out = [b.place for page in PAGES for b in read_blocks(page) if tool in lacks(b)]
        pytest.skip(f"no {tool} here: {', '.join(left_out)} and what follows were left out")
    used = [b for page in PAGES for b in read_blocks(page) if b.is_run and calls(b, tool)]
    assert used, f"no example uses {tool}"


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.stem)
def test_command_is_one_of_the_program(page: Path) -> None:
    blocks = [b for b in read_blocks(page) if b.language in ("sh", "make", "yaml", "powershell")]
    texts = [*(block.text for block in blocks), *inline_code(page)]
    app, runner = make_app(), CliRunner()
    for arguments in (arguments for text in texts for arguments in nemo_commands(text)):
        result = runner.invoke(app, [*arguments, "--help"])
        assert result.exit_code == 0, f"nemo {' '.join(arguments)}\n{result.output}"


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_block_is_run_or_says_why_not(page: Path) -> None:
    known = {"text", "json", "toml", "yaml", "make", "jsonl", "powershell", *("sh", "python")}
    for block in read_blocks(page):
        assert block.language in known, f"{block.place} has no language that is known"
        is_data = block.is_output or block.file is not None or block.language in ("text", "json")
        assert block.is_run or is_data or block.not_run, f"{block.place} is neither run nor marked"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_output_stands_after_what_prints_it(page: Path) -> None:
    blocks = read_blocks(page)
    for block, output in pairwise(blocks):
        assert block.is_run or not output.is_output, f"{output.place} is not compared with anything"


def test_conversation_has_the_commands_of_getting_started() -> None:
    (shown,) = [b.text for b in read_blocks(DOCS / "getting-started.md") if b.case == "help"]
    assert set(shown.splitlines()) <= set(help_lines())


def test_yaml_of_the_examples_parses() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML reads the workflow of scripting.md")
    blocks = [b for page in DOCS.glob("*.md") for b in read_blocks(page) if b.language == "yaml"]
    assert blocks
    for block in blocks:
        assert isinstance(yaml.safe_load(block.text), dict | list), block.place
