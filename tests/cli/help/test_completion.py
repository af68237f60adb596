"""Completion for each shell, and guesses at what was mistyped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nemovideo.cli.help.completion import SHELLS
from tests.support.cli import run_cli


@pytest.mark.parametrize("shell", SHELLS)
def test_show_completion_gives_the_script_of_the_shell_that_is_named(shell: str) -> None:
    result = run_cli("--show-completion", shell)
    marks = {
        "bash": "complete -o default -F _nemo_completion nemo",
        "zsh": "#compdef nemo",
        "fish": "complete --command nemo",
    }
    assert marks.get(shell, "Register-ArgumentCompleter -Native -CommandName nemo") in result.stdout
    assert "_NEMO_COMPLETE" in result.stdout
    assert result.stderr == ""


def test_a_shell_that_is_not_known_is_refused_with_those_that_are() -> None:
    result = run_cli("--show-completion", "tcsh", expect=2)
    assert "no completion for 'tcsh'" in result.stderr
    assert "bash|zsh|fish|powershell|pwsh" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("shell", "place"),
    [("bash", ".bash_completions/nemo.sh"), ("fish", ".config/fish/completions/nemo.fish")],
)
def test_install_completion_writes_below_the_home(shell: str, place: str) -> None:
    result = run_cli("--install-completion", shell)
    script = Path(os.environ["HOME"], place)
    assert "_NEMO_COMPLETE" in script.read_text("utf-8")
    assert str(script) in result.stderr


@pytest.mark.skipif(shutil.which("pwsh") is not None, reason="needs a machine without it")
def test_install_completion_of_a_shell_that_is_not_here_says_so() -> None:
    assert "pwsh is not installed here" in run_cli("--install-completion", "pwsh", expect=2).stderr


@pytest.mark.parametrize(
    ("shell", "variables"),
    [
        ("bash", {"COMP_WORDS": "nemo con", "COMP_CWORD": "1"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "nemo con"}),
        (
            "fish",
            {"_TYPER_COMPLETE_ARGS": "nemo con", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        ),
        (
            "powershell",
            {"_TYPER_COMPLETE_ARGS": "nemo con", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "con"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_shell_is_given_the_commands(shell: str, variables: dict[str, str]) -> None:
    result = run_cli(env={"_NEMO_COMPLETE": f"complete_{shell}", **variables})
    assert "convert" in result.stdout
    assert "config" in result.stdout
    assert "status" not in result.stdout


def test_options_and_subcommands_are_completed_too() -> None:
    for words, expected in [
        ("nemo convert --asp", "--aspect"),
        ("nemo config s", "set"),
        ("nemo session ren", "rename"),
    ]:
        env = {"_NEMO_COMPLETE": "complete_bash", "COMP_WORDS": words}
        env["COMP_CWORD"] = str(len(words.split()) - 1)
        assert run_cli(env=env).stdout.split() == [expected]


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")
def test_bash_takes_the_script_and_completes(tmp_path: Path) -> None:
    nemo = tmp_path / "nemo"
    nemo.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nemovideo "$@"\n')
    nemo.chmod(0o755)
    (tmp_path / "completion").write_text(run_cli("--show-completion", "bash").stdout)
    script = (
        f'PATH="{tmp_path}:$PATH"; . "{tmp_path}/completion"; '
        "COMP_WORDS=(nemo doc); COMP_CWORD=1; _nemo_completion nemo; "
        'echo "${COMPREPLY[@]}"'
    )
    process = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == "doctor"


@pytest.mark.parametrize(
    ("args", "guess"),
    [
        (("convert", "--titel", "x", "a.jpg"), "Did you mean --title?"),
        (("export", "--quallity", "high"), "Did you mean --quality?"),
        (("--versoin",), "Did you mean --version?"),
        (("sesion", "list"), "Did you mean 'session'?"),
        (("session", "lst"), "Did you mean 'list'?"),
        (("confg",), "Did you mean 'config'?"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_was_mistyped_is_guessed(args: tuple[str, ...], guess: str) -> None:
    assert guess in run_cli(*args, expect=2).stderr
    if not args[0].startswith("-"):
        assert guess in run_cli(*args, "--json", expect=2).error["message"]


def test_what_is_like_nothing_is_not_guessed() -> None:
    assert "Did you mean" not in run_cli("convert", "--zzz", expect=2).stderr
