"""What can be done in a conversation, on one session that the user may change."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Sequence

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.targets import Destination
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.repl._names import split_names
from nemovideo.cli.repl._receipts import Receipts
from nemovideo.cli.results.chat import question_for
from nemovideo.cli.results.checks import show_checks
from nemovideo.cli.results.exports import show_export, show_resumed
from nemovideo.cli.results.sessions import show_sessions
from nemovideo.cli.results.timelines import show_chart, timeline_line
from nemovideo.errors import NoSessionError, SessionElsewhereError, SessionNotFoundError, UsageError
from nemovideo.language import Intent
from nemovideo.projects.chat import ChatPolicy, ChatResult, describe_credits
from nemovideo.projects.exports.export import ExportWish
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.finding import known_session
from nemovideo.projects.inputs.expansion import collect_inputs
from nemovideo.projects.inputs.made import films_of
from nemovideo.projects.recovery.resume import find_broken, resume
from nemovideo.projects.session import Session
from nemovideo.projects.session.session import Direction
from nemovideo.projects.sessions import list_sessions
from nemovideo.projects.setup.doctor import run_checks
from nemovideo.projects.workspace import Workspace
from nemovideo.timeline import Timeline

HERE = "--local"
"""Renders a timeline of the cloud's on this machine."""


class Actions:
    """Everything that a line of the conversation can bring about.

    An export that names no file goes to `out`; `force` lets it replace one.
    """

    def __init__(
        self,
        context: CommandContext,
        workspace: Workspace,
        answer: AnswerWriter,
        *,
        out: str | None = None,
        force: bool = False,
        is_strict: bool = False,
    ) -> None:
        self._context = context
        self._output = context.output
        self._workspace = workspace
        self._answer = answer
        self._out = out
        self._force = force
        self._is_strict = is_strict
        self._session: Session | None = None
        self._receipts = Receipts(context.output, answer)
        self._does: dict[str, Callable[[str], None]] = {
            "upload": self._upload,
            "status": lambda _: self._status(),
            "storyboard": self._storyboard,
            "undo": lambda steps: self._step("undo", steps),
            "redo": lambda steps: self._step("redo", steps),
            "export": self._export,
            "resume": self._resume,
            "credits": lambda _: self._credits(),
            "open": lambda _: self._open(),
            "new": self._new,
            "sessions": lambda _: self._sessions(),
            "use": self._use,
            "doctor": lambda _: show_checks(self._output, run_checks(self._context.settings)),
        }

    def greet(self) -> None:
        """Say where this is, what is on the timeline, and what to try."""
        self._output.notice("nemo: photos and clips in, video out.")
        try:
            self._session = self._workspace.open(self._context.options.session)
        except NoSessionError as exc:
            backend = self._workspace.backend
            if isinstance(exc, SessionElsewhereError):
                self._output.notice(f"{exc.message}; it is left alone.")
            self._output.notice(
                f"A new session with {backend.label} begins with what you say first."
            )
            self._receipts.suggest(Timeline(), has_media=False)
            return
        label = self._session.backend.label
        self._output.notice(f"Session “{self._session.record.name}” with {label}.")
        timeline = self._session.timeline()
        self._output.notice(timeline_line(self._output, timeline))
        self._suggest(timeline)

    def run(self, name: str, argument: str) -> None:
        """Do a slash command."""
        self._does[name](argument)

    def say(self, text: str) -> None:
        """Do what was said in words."""
        session = self._current()
        self._answer.restart()
        policy = ChatPolicy(
            choose_target=lambda formats: self._target(self._out, formats),
            may=lambda action: self._context.confirm(question_for(action)),
            is_strict=self._is_strict,
        )
        self._show(session.say(text, policy))

    def abandon(self) -> None:
        """Take away what is being redrawn: something went wrong."""
        self._workspace.reporter.abandon()

    def tell_what_was_done(self) -> bool:
        """Tell what a stopped message has done so far; return whether there was one."""
        stopped = None if self._session is None else self._session.stopped()
        if stopped is not None:
            self._receipts.show_stopped(stopped)
        return stopped is not None

    def offer_new_session(self) -> None:
        """Ask whether to go on in a new session, since the server has lost this one."""
        if self._context.confirm("Start a new session?"):
            self._new("")
            self._output.notice("Upload your files again; the arrow keys bring back what you said.")
        else:
            self._output.notice("/new starts one, /use NAME goes to another.")

    def take_leave(self) -> None:
        """Say how to come back."""
        if self._session is not None:
            self._output.notice("Until next time: `nemo chat` goes on in this session.")

    def _current(self) -> Session:
        """Return the session; the first that is done makes one where there is none."""
        if self._session is None:
            try:
                self._session = self._workspace.open(self._context.options.session)
            except NoSessionError:
                self._session = self._create("")
        return self._session

    def _create(self, name: str) -> Session:
        backend = self._session.backend if self._session is not None else None
        reporter = self._workspace.reporter
        reporter.begin("setup", "Setting things up…")
        session = self._workspace.create(name=name or None, backend=backend)
        reporter.end(f"a new session with {session.backend.label}")
        return session

    def _target(self, out: str | None, formats: Sequence[str]) -> OutputTarget:
        return Destination(self._context, out, force=self._force).choose(formats)

    def _show(self, result: ChatResult) -> None:
        self._receipts.show(result)
        if result.intent is Intent.STATE:
            self._chart(Timeline.from_draft(result.draft))
        if result.export is None and result.question is None:
            self._suggest(Timeline.from_draft(result.draft))

    def _suggest(self, timeline: Timeline) -> None:
        uploads = self._workspace.journal.uploads.of(self._current().session_id)
        self._receipts.suggest(timeline, has_media=bool(uploads))

    def _upload(self, argument: str) -> None:
        names = split_names(argument)
        if not names:
            raise UsageError("which files?", hint="For example: /upload photos/*.jpg")
        inputs = collect_inputs(names, made=films_of(self._workspace))
        uploaded = self._current().upload(inputs)
        self._output.say(f"Uploaded {', '.join(file.filename for file in uploaded.files)}")
        self._suggest(self._current().timeline())

    def _status(self) -> None:
        timeline = self._current().timeline()
        self._output.result(timeline_line(self._output, timeline))
        self._chart(timeline)
        self._suggest(timeline)

    def _chart(self, timeline: Timeline) -> None:
        if timeline.tracks:
            show_chart(self._output, timeline)

    def _storyboard(self, argument: str) -> None:
        from nemovideo.cli.results import storyboard as _storyboard

        names = split_names(argument)
        is_shown = not names and self._output.is_terminal
        target = None if is_shown else self._target(names[0] if names else None, ("png",))
        board = self._current().storyboard()
        _storyboard.show(self._output, board, target)

    def _step(self, direction: Direction, argument: str) -> None:
        """Take changes back, or bring them back."""
        if argument and not (argument.isdigit() and int(argument)):
            raise UsageError("how many steps?", hint=f"For example: /{direction} 2")
        self._answer.restart()
        self._show(self._current().step(direction, int(argument or 1)))

    def _export(self, argument: str) -> None:
        names = split_names(argument)
        is_here = HERE in names
        names = [name for name in names if name != HERE]
        if len(names) > 1:
            raise UsageError("one file, please", hint="A name with spaces wants quotes.")
        out = names[0] if names else self._out
        wish = ExportWish(lambda formats: self._target(out, formats), is_here=is_here)
        show_export(self._output, self._current().export(wish))

    def _resume(self, argument: str) -> None:
        self._answer.restart()
        broken = find_broken(self._workspace, argument or None)
        result = resume(self._workspace, broken, self._target)
        self._session = Session(self._workspace, result.session)
        show_resumed(self._output, result, self._answer)

    def _credits(self) -> None:
        session = self._current()
        self._output.say(describe_credits(session.client.credits.get()))
        if session.is_local:
            self._output.notice("The local engine is free: it never spends them.")

    def _open(self) -> None:
        url = self._current().web_url()
        self._output.result(url)
        if not webbrowser.open(url):
            self._output.notice("No browser could be opened; copy the address above.")

    def _new(self, argument: str) -> None:
        self._session = self._create(argument)
        self._receipts.suggest(Timeline(), has_media=False)

    def _sessions(self) -> None:
        sessions = list_sessions(self._workspace)
        show_sessions(self._output, sessions)
        if not sessions:
            self._output.notice("No sessions yet; the first thing you say starts one.")

    def _use(self, argument: str) -> None:
        if not argument:
            raise UsageError("which session?", hint="/sessions lists them")
        try:
            record = known_session(self._workspace, argument)
        except SessionNotFoundError as exc:  # the one at hand is not lost
            raise UsageError(exc.message, hint=exc.hint) from exc
        self._session = Session(self._workspace, record, is_named=True)
        self._workspace.make_current(record)
        timeline = self._current().timeline()
        self._output.result(f"{record.name}: {timeline_line(self._output, timeline)}")
