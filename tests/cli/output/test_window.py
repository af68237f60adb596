"""The terminal's window: the bell, messages, progress in the taskbar; and files that are opened."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from nemovideo.cli.output import opening as _opening
from nemovideo.cli.output.window import BELL, LONG_JOB_S, Window
from nemovideo.config import Notify
from nemovideo.errors import CancelledError

MESSAGE = "\x1b]9;nemo is done\a"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def window(environ: dict[str, str], clock: Clock | None = None) -> tuple[Window, io.StringIO]:
    stream = io.StringIO()
    return Window(stream, environ, clock=clock or Clock()), stream


@pytest.mark.parametrize(
    ("environ", "notify", "written"),
    [
        ({"TERM": "xterm-256color"}, "auto", BELL),
        ({"TERM_PROGRAM": "ghostty"}, "auto", MESSAGE),
        ({"TERM": "xterm-kitty"}, "auto", MESSAGE),
        ({"TERM_PROGRAM": "ghostty"}, "bell", BELL),
        ({"TERM_PROGRAM": "ghostty", "TMUX": "/tmp/x"}, "auto", BELL),
        ({"TERM_PROGRAM": "ghostty"}, "off", ""),
    ],
    ids=["unknown", "message", "kitty", "bell", "tmux", "off"],
)
def test_a_window_calls_as_its_terminal_can(
    environ: dict[str, str], notify: Notify, written: str
) -> None:
    its_window, stream = window(environ)
    its_window.call("nemo is done", notify)
    assert stream.getvalue() == written


@pytest.mark.parametrize(
    "environ",
    [{"WT_SESSION": "1"}, {"ConEmuANSI": "ON"}, {"TERM_PROGRAM": "WezTerm"}],
    ids=["windows terminal", "conemu", "wezterm"],
)
def test_the_taskbar_shows_each_percent_once_and_is_cleared(environ: dict[str, str]) -> None:
    its_window, stream = window(environ)
    for fraction in (None, 0.251, 0.252, 1.7):
        its_window.progress(fraction)
    its_window.clear()
    its_window.clear()
    shown = ["3;0", "1;25", "1;100", "0;0"]
    assert stream.getvalue() == "".join(f"\x1b]9;4;{state}\a" for state in shown)


@pytest.mark.parametrize(
    "environ",
    [{}, {"TERM_PROGRAM": "Apple_Terminal"}, {"WT_SESSION": "1", "TMUX": "/tmp/x"}],
    ids=["unknown", "other", "tmux"],
)
def test_no_other_terminal_gets_progress(environ: dict[str, str]) -> None:
    its_window, stream = window(environ)
    its_window.progress(0.5)
    its_window.clear()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("error", "took_s", "is_called"),
    [
        (None, LONG_JOB_S, True),
        (None, LONG_JOB_S - 1, False),
        (ValueError, LONG_JOB_S, True),
        (KeyboardInterrupt, LONG_JOB_S, False),
        (CancelledError, LONG_JOB_S, False),
    ],
    ids=["long", "short", "failed", "stopped", "cancelled"],
)
def test_the_end_of_a_long_job_calls_and_clears(
    error: type[BaseException] | None, took_s: float, is_called: bool
) -> None:
    clock = Clock()
    its_window, stream = window({"WT_SESSION": "1"}, clock)

    def work() -> None:
        with its_window.job(lambda: its_window.call("done")):
            its_window.progress(0.5)
            clock.now += took_s
            if error is not None:
                raise error

    if error is None:
        work()
    else:
        with pytest.raises(error):
            work()
    end = "\x1b]9;4;0;0\a" + (BELL if is_called else "")
    assert stream.getvalue() == "\x1b]9;4;1;50\a" + end


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another opener")
@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ('printf %s "$1" > "$0.opened"', None),
        ("exit 3", "xdg-open failed (3)"),
        (None, "xdg-open is not installed"),
    ],
    ids=["opens", "fails", "missing"],
)
def test_a_file_is_opened_by_the_machines_own_opener(
    script: str | None, problem: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "xdg-open"
    monkeypatch.setenv("PATH", str(tmp_path))
    if script is not None:
        opener.write_text(f"#!/bin/sh\n{script}\n")
        opener.chmod(0o755)
    assert _opening.open_file(tmp_path / "my film.mp4") == problem
    if problem is None:
        opened = Path(f"{opener}.opened")
        assert opened.read_text() == os.fspath(tmp_path / "my film.mp4")
