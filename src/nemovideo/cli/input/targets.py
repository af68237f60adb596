"""Where a video goes that a command makes, what is saved beside it, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.cli._context import CommandContext
    from nemovideo.projects.exports.outputs import OutputTarget
    from nemovideo.projects.exports.render import ExportResult


@dataclass(frozen=True)
class Beside:
    """What is to be saved beside a video, as the user named it."""

    poster: str | None = None
    """A picture of it."""
    report: str | None = None
    """A page on it."""


class Destination:
    """What the user says of the file, decided before any work is done.

    Args:
        context: The run of the command.
        out: What the user named.
        beside: What is to be saved beside it.
        force: Whether an existing file may be replaced.
        format: What the user wishes; by the name's ending if None.
        is_opened: Whether the video is shown when it is done.
        is_dry: Whether nothing is written.
    """

    def __init__(
        self,
        context: CommandContext,
        out: str | None,
        beside: Beside = Beside(),
        *,
        force: bool,
        format: str | None = None,
        is_opened: bool = False,
        is_dry: bool = False,
    ) -> None:
        self._context = context
        self._out = out
        self._force = force
        self._format = format
        self._beside = beside
        self._is_opened = is_opened
        self._is_dry = is_dry
        self.poster: Path | None = None
        """Where the picture goes, once that is decided."""
        self.report: Path | None = None
        """Where the page goes."""

    def choose(self, formats: Sequence[str]) -> OutputTarget:
        """Decide where the video goes.

        Args:
            formats: What can be made, the usual one first.

        Raises:
            UsageError: The video would go among JSON, or to a terminal.
            NemoError: As `choose_output` and `check_beside` raise.
        """
        from nemovideo.projects.exports.outputs import choose_output, take_name

        context, is_dry = self._context, self._is_dry
        target = choose_output(
            self._out,
            context.settings.output_dir,
            formats=formats,
            format=self._format,
            is_dry=is_dry,
            may_replace=self._may_replace,
            take_name=lambda path: is_dry or take_name(context.settings.data_dir, path),
        )
        if target.is_stdout:
            self._check_stdout()
        for note in target.notes:
            context.output.notice(note)
        if not self._is_dry:
            self.check(target)
        return target

    def check(self, target: OutputTarget | None) -> None:
        """Decide what comes after the video; None when none is made.

        Raises:
            UsageError: There will be no file to show or to picture.
        """
        from nemovideo.projects.exports import posters, reports
        from nemovideo.projects.exports.beside import check_beside

        if self._is_opened and (target is None or target.is_stdout):
            raise UsageError(
                "--open needs a file", hint="Name one with --out, or leave --open out."
            )

        def beside(option: str, name: str | None, endings: Sequence[str]) -> Path | None:
            if name is None:
                return None
            return check_beside(option, name, endings, target, may_replace=self._may_replace)

        self.poster = beside("--poster", self._beside.poster, tuple(posters.FORMATS))
        self.report = beside("--report", self._beside.report, reports.ENDINGS)

    def save_beside(self, export: ExportResult | None) -> None:
        """Save what is asked for beside the video: a picture of it, a page on it."""
        from nemovideo.projects.exports.posters import save_poster
        from nemovideo.projects.exports.reports import save_report

        if self.poster is not None and export is not None:
            save_poster(Path(export.output), self.poster)
            self._context.output.say(f"Poster: {self.poster}")
        if self.report is not None and export is not None:
            save_report(Path(export.output), self.report, export)
            self._context.output.say(f"Report: {self.report}")

    def play(self, export: ExportResult | None) -> None:
        """Open a finished film with the program that this machine has for it, if that is asked."""
        from nemovideo.cli.output.opening import open_file

        if self._is_opened and export is not None and export.output != "-":
            problem = open_file(Path(export.output))
            if problem is not None:
                self._context.output.notice(f"The video could not be opened here: {problem}")

    def _may_replace(self, path: Path) -> bool:
        return self._context.may_replace(path, force=self._force)

    def _check_stdout(self) -> None:
        """Make sure that a video has stdout for itself, and that it is no terminal."""
        if self._context.output.is_json:
            raise UsageError("--json and --out - would both write to stdout")
        if self._context.output.is_terminal:
            raise UsageError(
                "--out - would write the video to the terminal",
                hint="Pipe it, or name a file: --out video.mp4",
            )
