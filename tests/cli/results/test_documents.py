"""All commands: stdout holds the result and nothing else, `--json` what CLI.md says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from nemovideo.cli._app import make_app
from tests.cli.results import documents
from tests.cli.results.documents import Document, adapter
from tests.support.scripted_cloud import ScriptedCloud

APP = make_app()
SUMMARY = r"Timeline \(3 tracks\): 1\. Video: beach .*\n"
SESSION_LINE = r"[\w-]+\tcloud\t\w+\n"
SESSION_ROW = r"\* [\w-]+\tcloud\t\w+\t\d{4}-\d\d-\d\d \d\d:\d\d\t[^\n\t]+\n"
RENDER_LINE = r"render_\d+\t\w+(?:\t\S+)?\n"


@dataclass(frozen=True)
class Case:
    """A command, the model of its document, and what it writes for people."""

    args: str
    model: Any
    shown: str
    input: str = ""
    needs: tuple[str, ...] = field(default=("chat make a film",))
    is_offline: bool = False

    @property
    def name(self) -> str:
        """The command's name, that of its group before it."""
        words = self.args.split()
        return " ".join(words[: 2 if words[0] in GROUPS else 1])


GROUPS = ("session", "renders", "auth", "config", "skill")
CASES = [
    Case("convert {photo} --out {out}", documents.Convert, r"{out}\n", needs=()),
    Case("convert {photo} --no-export", documents.Convert, SUMMARY, needs=()),
    Case("chat make a film", documents.Chat, r"Done: 10 seconds[^\n]*\n(?:• [^\n]+\n)+", needs=()),
    Case("chat how many credits are left?", documents.Chat, r"100 credits available[^\n]*\n"),
    Case("chat status", documents.Chat, SUMMARY),
    Case("undo", documents.Chat, r"Done: 10 seconds[^\n]*\n(?:• [^\n]+\n)*"),
    Case("redo 2", documents.Chat, r"Done: 10 seconds[^\n]*\n(?:• [^\n]+\n)*"),
    Case("chat export --out {out}", documents.Chat, r"(?:Saved )?{out}\n(?:{out}\n)?"),
    Case("chat {photo}", documents.Chat, r"Uploaded beach\.jpg\n"),
    Case(
        "edit {edits}",
        documents.Edit,
        r"Look of beach\.jpg is now sepia\n",
        needs=("convert {photo} --local --no-export",),
        is_offline=True,
    ),
    Case("edit --list", documents.EDIT_ROWS, r"(?:[^\n]+\n)+", needs=(), is_offline=True),
    Case("upload {photo}", documents.Upload, r"beach\.jpg\timage\n", needs=()),
    Case("status", documents.Status, SUMMARY),
    Case("credits", documents.Credits, r"100 credits available[^\n]*\n", needs=()),
    Case("export --out {out}", documents.Export, r"{out}\n"),
    Case("export --no-wait", documents.Render, r"render_\d+\n"),
    Case(
        "export --resume --out {out}",
        documents.Export,
        r"{out}\n",
        needs=("chat make a film", "export --no-wait"),
    ),
    Case(
        "resume --out {out}",
        documents.Export,
        r"{out}\n",
        needs=("chat make a film", "export --no-wait"),
    ),
    Case(
        "renders list",
        documents.RENDER_ROWS,
        RENDER_LINE,
        needs=("chat make a film", "export --no-wait"),
        is_offline=True,
    ),
    Case("renders list", documents.RENDER_ROWS, "", needs=(), is_offline=True),
    Case(
        "renders cancel {render}",
        documents.Render,
        RENDER_LINE,
        needs=("chat make a film", "export --no-wait"),
    ),
    Case(
        "batch {jobs}", documents.Batch, r"STATUS [^\n]+\ndone [^\n]+video\.mp4 [^\n]+\n", needs=()
    ),
    Case("session new second", documents.Session, SESSION_LINE, needs=()),
    Case("session list", documents.SESSION_ROWS, SESSION_ROW, is_offline=True),
    Case("session use {session}", documents.Session, SESSION_LINE, is_offline=True),
    Case("session show", documents.Session, SESSION_LINE, is_offline=True),
    Case("session rename {session} other", documents.Session, SESSION_LINE, is_offline=True),
    Case("session forget {session}", documents.Forgotten, r"forgot [\w-]+\n", is_offline=True),
    Case("open --print", documents.Url, r"https?://\S+/workspace/claim\?ct=\S+\n"),
    Case("auth status", documents.Auth, r"(?:[^\n]+\n)+", is_offline=True),
    Case(
        "auth login --with-token",
        documents.Auth,
        r"your own token is used\n(?:[^\n]+\n)*",
        input="a-token-of-my-own\n",
        is_offline=True,
    ),
    Case("auth logout", documents.LoggedOut, r"[^\n]+\n", needs=(), is_offline=True),
    Case("config list", documents.SETTINGS, r"(?:\w+ += [^\n]* \([^\n]+\)\n)+", is_offline=True),
    Case("config get poll_interval", documents.Setting, r"0\.02\n", needs=(), is_offline=True),
    Case(
        "config set render_timeout 30",
        documents.Setting,
        r"render_timeout = 30[^\n]*\n",
        needs=(),
        is_offline=True,
    ),
    Case(
        "config unset render_timeout",
        Document,
        r"render_timeout [^\n]+\n",
        needs=(),
        is_offline=True,
    ),
    Case("config path", documents.ConfigPath, r"[^\n]+config\.toml\n", needs=(), is_offline=True),
    Case("doctor", documents.Doctor, r"(?:ok  |FAIL|      )(?:[^\n]*\n)+", is_offline=True),
]
ELSEWHERE = {"clean", "serve", "mcp", "skill show", "skill install", "storyboard"}
"""Commands that end only when told to, or whose documents have tests of their own."""


@pytest.fixture
def world(cloud: ScriptedCloud, photo: Path, tmp_path: Path) -> World:
    """A cloud, a photo, a batch file, and a runner."""
    jobs = tmp_path / "jobs.jsonl"
    job = {"files": [str(photo)], "prompt": "make a film", "out": str(tmp_path / "video.mp4")}
    jobs.write_text(json.dumps(job))
    edits = tmp_path / "edits.json"
    edits.write_text('{"do": "look", "name": "sepia"}')
    paths = {"photo": photo, "out": tmp_path / "video.mp4", "jobs": jobs, "edits": edits}
    return World({name: str(path) for name, path in paths.items()})


@dataclass
class World:
    """What a case is put into."""

    names: dict[str, str]

    def run(self, args: str, *options: str, input: str = "") -> Result:
        """Run a command line in this process."""
        words = [word.format(**self.names) for word in args.split()]
        return CliRunner().invoke(APP, [*words, *options], input=input)

    def prepare(self, case: Case) -> None:
        """Do what has to be done before."""
        for args in case.needs:
            result = self.run(args, "--json")
            assert result.exit_code == 0, result.stderr
            document = json.loads(result.stdout)
            self.names["session"] = document["session_id"]
            self.names["render"] = document.get("render_id", "")


def ids(cases: list[Case]) -> list[str]:
    return [case.args for case in cases]


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_json_is_one_document_of_the_contract(world: World, case: Case) -> None:
    world.prepare(case)
    result = world.run(case.args, "--json", input=case.input)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("\n") == 1
    adapter(case.model).validate_json(result.stdout)
    assert "nmv_usr_" not in result.stdout + result.stderr


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_stdout_holds_the_result_alone(world: World, case: Case) -> None:
    world.prepare(case)
    result = world.run(case.args, input=case.input)
    assert result.exit_code == 0, result.stderr
    pattern = case.shown.replace("{out}", re.escape(world.names["out"]))
    assert re.fullmatch(pattern, result.stdout, re.DOTALL), repr(result.stdout)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_quiet_leaves_stderr_empty(world: World, case: Case) -> None:
    world.prepare(case)
    result = world.run(case.args, "--quiet", input=case.input)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_failure_leaves_stdout_empty(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.prepare(case)
    options = ["--json", *([] if case.is_offline else ["--progress", "json"])]
    if case.is_offline:
        options.append("--nonsense")
    monkeypatch.setenv("NEMO_RETRY_WAIT", "0")
    monkeypatch.setenv("NEMO_OUTPUT_DIR", world.names["photo"])
    monkeypatch.setenv("NEMO_TOKEN", "bad token")
    result = world.run(case.args, *options, input=case.input)
    assert result.exit_code != 0
    if case.name != "batch":
        assert result.stdout == ""
    *events, last = result.stderr.splitlines()
    documents.Failure.model_validate_json(last)
    for line in events:
        documents.Event.model_validate_json(line)


def test_every_command_is_walked() -> None:
    walked = {case.name for case in CASES} | ELSEWHERE
    assert set(command_names(get_command(APP))) - walked == set()


def command_names(command: Any, prefix: str = "") -> Iterator[str]:
    for name, sub in command.commands.items():
        if hasattr(sub, "commands"):
            yield from command_names(sub, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}"
