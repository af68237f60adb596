"""The conversation without a terminal: what is said, and what is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from nemovideo.cli._context import CommandContext, CommonOptions
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.repl._actions import Actions
from nemovideo.cli.repl._loop import Repl
from nemovideo.config import resolve_settings
from nemovideo.projects.workspace import Workspace
from tests.support.answers import error, sse, text_event
from tests.support.scripted_cloud import ScriptedCloud


class Script:
    """Says one thing after the other, then leaves; exceptions are raised where they stand."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)

    def read(self) -> str | None:
        return self._lines.pop(0) if self._lines else None


Talk = Callable[..., tuple[str, str]]


@pytest.fixture
def talk(cloud: ScriptedCloud, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Has a conversation; gives what was written to stdout and to stderr."""

    def run(*lines: str, **options: bool) -> tuple[str, str]:
        context = CommandContext(CommonOptions(**options))  # type: ignore[arg-type]
        answer = AnswerWriter(context.output)
        with context.workspace(answer) as workspace:
            Repl(context, Actions(context, workspace, answer), Script(lines)).run()
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run


def test_edit_gets_a_receipt_and_next_steps(talk: Talk) -> None:
    out, err = talk("make a film")
    assert out.startswith("Done: 10 seconds with a crossfade and Lo-fi music.\n• 2 clips added")
    assert err.endswith("Next: make it vertical, or /export video.mp4\n" + LEAVING)


LEAVING = "Until next time: `nemo chat` goes on in this session.\n"


def test_silent_edit_is_told_by_its_changes(talk: Talk, cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = ""
    out, _ = talk("make a film")
    assert out.startswith("• 2 clips added: beach, harbour\n")


def test_agent_that_says_and_does_nothing_is_not_hidden(talk: Talk, cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse())
    out, _ = talk("make a film")
    assert out == "The agent said nothing and the timeline did not change.\n"


def test_question_waits_and_suggests_nothing(talk: Talk, cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event("Which style?")))
    out, err = talk("make a film")
    assert out == "Which style?\n"
    assert err.endswith("The agent waits for your answer.\n" + LEAVING)


def test_undo_in_the_cloud_is_an_honest_wish(talk: Talk, cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "I took it back."
    _, err = talk("make a film", "/undo")
    assert "The cloud has no undo of its own" in err
    last = cloud.calls("POST", "/run_sse")[-1].json["new_message"]["parts"][0]["text"]
    assert last == "undo"


def test_export_saves_the_film(talk: Talk, cloud: ScriptedCloud, out: Path) -> None:
    written, _ = talk("make a film", f"/export {out}")
    assert written.endswith(f"{out}\n")
    assert out.read_bytes() == cloud.good_day.video


def test_export_does_not_replace_a_file_unasked(
    talk: Talk, cloud: ScriptedCloud, out: Path
) -> None:
    out.write_text("mine")
    _, err = talk("make a film", f"/export {out}", "/credits")
    assert f"error: {out} exists already" in err
    assert out.read_text() == "mine"
    assert cloud.count("GET", "/api/credits/balance/simple") == 1


def test_open_shows_the_address_of_the_project(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    out, _ = talk("make a film", "/open")
    assert "/workspace/claim?ct=clm_" in out


def test_new_session_gets_what_is_said_next(talk: Talk, cloud: ScriptedCloud) -> None:
    talk("make a film", "/new second", "make another")
    first, second = (call.json["session_id"] for call in cloud.calls("POST", "/run_sse"))
    assert first != second
    names = [c.json["task_name"] for c in cloud.calls("POST", "/api/tasks/me/*/nemo_agent")]
    assert names == ["project", "second"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("/upload", "which files?"),
        ("/upload gone.jpg", "no such file: gone.jpg"),
        ("/export a.mp4 b.mp4", "one file, please"),
        ("/use", "which session?"),
        ("/use nothing", "no session nothing is known on this machine (`/sessions` shows"),
        ("/nonsense", "there is no command /nonsense"),
    ],
)
def test_mistake_takes_one_line_and_no_request(talk: Talk, line: str, problem: str) -> None:
    _, err = talk(line)
    lines = [text for text in err.splitlines() if text.startswith("error:")]
    assert len(lines) == 1
    assert problem in lines[0]


def test_failure_while_greeting_does_not_end_the_conversation(
    talk: Talk, cloud: ScriptedCloud
) -> None:
    talk("make a film")
    cloud.on("GET", "/api/state/*", error(500, "down", status=500), error(429, status=429))
    _, err = talk("/credits")
    assert cloud.count("GET", "/api/credits/balance/simple") == 1
    assert err.endswith(LEAVING)


def test_quit_leaves_the_rest_unsaid(talk: Talk, cloud: ScriptedCloud) -> None:
    _, err = talk("/quit", "make a film")
    assert cloud.count("POST", "/run_sse") == 0
    assert "Until next time" not in err


def test_help_lists_the_commands(talk: Talk) -> None:
    out, _ = talk("/help")
    assert "/undo" in out


def test_quiet_conversation_writes_results_alone(talk: Talk) -> None:
    out, err = talk("make a film", "/nonsense", quiet=True)
    assert out.startswith("Done: 10 seconds")
    assert err.splitlines() == ["error: there is no command /nonsense (/help lists the commands)"]


def test_message_that_is_taken_up_is_answered_once(talk: Talk, cloud: ScriptedCloud) -> None:
    talk("make a film")
    with Workspace(resolve_settings()) as workspace:
        workspace.journal.turns.add(workspace.open().session_id, "make it vertical", None)
    cloud.on("POST", "/run_sse", sse(text_event("It is vertical.")))
    written, _ = talk("/resume")
    assert written.count("It is vertical.") == 1
