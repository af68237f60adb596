"""Where a video goes that a command makes, what is saved beside it, and what shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
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
    subtitles: str | None = None
    """The words that it shows."""


class Destination:
    """What the user says of the file, decided before any work is done.

    The format is that of the name's ending if it is None; in a dry run nothing is written.
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
        self.beside: dict[str, Path] = {}
        """Where it goes what is saved beside the video, by the fields of `Beside`, once that is
        decided."""

    def choose(self, formats: Sequence[str]) -> OutputTarget:
        """Decide where the video goes.

        Of the formats that can be made the usual one comes first.

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
        from nemovideo.projects.exports import posters, reports, subtitles
        from nemovideo.projects.exports.beside import check_beside

        if self._is_opened and (target is None or target.is_stdout):
            raise UsageError(
                "--open needs a file", hint="Name one with --out, or leave --open out."
            )

        endings = {
            "poster": tuple(posters.FORMATS),
            "report": reports.ENDINGS,
            "subtitles": subtitles.ENDINGS,
        }
        self.beside = {
            kind: check_beside(
                f"--{kind}", name, endings[kind], target, may_replace=self._may_replace
            )
            for kind, name in asdict(self._beside).items()
            if name is not None
        }

    def save_beside(self, export: ExportResult | None) -> None:
        """Save what is asked for beside the video: a picture of it, a page on it, its words."""
        from nemovideo.projects.exports.posters import save_poster
        from nemovideo.projects.exports.reports import save_report
        from nemovideo.projects.exports.subtitles import save_subtitles

        if export is None:
            return
        save: dict[str, Callable[[Path], bool | None]] = {
            "poster": lambda path: save_poster(Path(export.output), path),
            "report": lambda path: save_report(Path(export.output), path, export),
            "subtitles": lambda path: save_subtitles(export.draft, path),
        }
        for kind, path in tuple(self.beside.items()):
            if save[kind](path) is not False:
                self._context.output.say(f"{kind.capitalize()}: {path}")
            else:
                del self.beside[kind]
                self._context.output.notice(f"The video shows no words: {path} was not written.")

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
