"""One session that is open, and what a user does in it: each deed is one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from nemovideo.errors import SessionError, SessionNotFoundError, UsageError

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo
    from nemovideo.projects.backends import Backend
    from nemovideo.projects.chat import ChatPolicy, ChatResult
    from nemovideo.projects.exports.export import ExportWish
    from nemovideo.projects.exports.render import ExportResult
    from nemovideo.projects.inputs.expansion import Inputs
    from nemovideo.projects.journal import Journal, RenderRecord, SessionRecord
    from nemovideo.projects.progress import Reporter
    from nemovideo.projects.recovery.turns import StoppedTurn
    from nemovideo.projects.session.storyboard import Storyboard
    from nemovideo.projects.session.uploads import Uploaded
    from nemovideo.projects.turns import Answer
    from nemovideo.projects.workspace import Workspace
    from nemovideo.protocol.draft import Draft
    from nemovideo.timeline import Timeline

Direction = Literal["undo", "redo"]
_CHINESE = {"undo": "撤销", "redo": "重做"}

# What a deed needs is loaded when it is done: a turn is to feel instant.


class Session:
    """A session at its server, as `Workspace.open` gives it.

    No other takes the place of one that the user named.
    """

    def __init__(
        self, workspace: Workspace, record: SessionRecord, *, is_named: bool = False
    ) -> None:
        self.workspace = workspace
        self.record = record
        self.is_named = is_named

    @property
    def session_id(self) -> str:
        """The server's id."""
        return self.record.session_id

    @property
    def backend(self) -> Backend:
        """Where it lives."""
        return self.record.backend

    @property
    def is_local(self) -> bool:
        """Whether the engine on this machine has it."""
        return self.record.backend.is_local

    @property
    def client(self) -> NemoVideo:
        """The client for the backend where it lives."""
        return self.workspace.client(self.backend)

    @property
    def journal(self) -> Journal:
        """The journal of this machine."""
        return self.workspace.journal

    @property
    def reporter(self) -> Reporter:
        """Takes what happens meanwhile."""
        return self.workspace.reporter

    def draft(self) -> Draft | None:
        """Read the timeline as the server has it."""
        return self.client.state.get(self.session_id).draft

    def timeline(self) -> Timeline:
        """Read the timeline; one without tracks where there is none yet."""
        from nemovideo.timeline import Timeline

        return Timeline.from_draft(self.draft())

    def upload(self, inputs: Inputs, *, keeps_metadata: bool = False) -> Uploaded:
        """Send files and links; into a new session where the server has lost one nobody named.

        Raises as `upload_inputs` does.
        """
        from nemovideo.projects.session.uploads import upload_inputs

        try:
            return upload_inputs(self, inputs, keeps_metadata=keeps_metadata)
        except SessionNotFoundError:
            if self.is_named:
                raise
        lost = self.record
        self.record = self.workspace.replace_lost(name=lost.name, backend=lost.backend).record
        return upload_inputs(self, inputs, keeps_metadata=keeps_metadata)

    def say(self, text: str, policy: ChatPolicy) -> ChatResult:
        """Do what a user said, in one turn; raises as the steps do."""
        from nemovideo.projects.chat import chat

        return chat(self, text, policy)

    def edit(self, edits: Sequence[object]) -> Answer:
        """Apply edits as they stand, all or none.

        Raises:
            UsageError: The session lives in the cloud.
            InputError: An edit is none, or can't be made; nothing was changed.
        """
        from nemovideo.projects.session.edits import edit_timeline

        return edit_timeline(self, edits)

    def step(self, direction: Direction, steps: int = 1) -> ChatResult:
        """Take changes back, or bring them back; raises as a message does."""
        from nemovideo.projects.chat import send_words

        if not self.is_local:
            self.reporter.notice("The cloud has no undo of its own; the agent is asked to do it.")
        return send_words(self, _ask_for(direction, steps, self.workspace.settings.language))

    def stopped(self) -> StoppedTurn | None:
        """Read what the last message has done, if its answer was stopped."""
        from nemovideo.projects.recovery.turns import look_after_stop

        return look_after_stop(self)

    def export(self, wish: ExportWish) -> ExportResult:
        """Render the timeline, where it lives or here, and bring the file to its place.

        Raises as `export_timeline` does.
        """
        from nemovideo.projects.exports.export import export_timeline

        return export_timeline(self, wish)

    def submit(self, wish: ExportWish, *, keeps_target: bool) -> RenderRecord:
        """Have the timeline rendered and leave it to the server.

        Where it `keeps_target`, it goes to the file that was chosen when it is fetched. Raises as
        `submit_timeline` does.
        """
        from nemovideo.projects.exports.export import submit_timeline

        return submit_timeline(self, wish, keeps_target=keeps_target)

    def storyboard(self) -> Storyboard:
        """Picture the timeline.

        Raises:
            EmptyTimelineError: There are no pictures or clips on it.
            MissingExtraError: The parts that draw pictures are not installed.
        """
        from nemovideo.projects.session.storyboard import make_storyboard

        return make_storyboard(self)

    def web_url(self) -> str:
        """Return a link that opens it in the web workspace; it holds a short-lived claim token.

        Raises:
            UsageError: The session lives on this machine.
            SessionError: Its task is not known and the server doesn't tell it.
        """
        if self.is_local:
            raise UsageError(
                "this session lives on this machine; the web workspace can't see it",
                hint="Open the video itself, or start a session in the cloud: nemo session new.",
            )
        task_id = self.record.task_id or self.client.state.get(self.session_id).task_id
        if task_id is None:
            raise SessionError(f"the server does not say which task {self.session_id} belongs to")
        claim = self.client.claims.create(task_id, self.session_id)
        return f"{self.workspace.url}/claim?{urlencode({'ct': claim.claim_token})}"


def _ask_for(direction: Direction, steps: int, language: str) -> str:
    """Return the message that takes steps back, or brings them back, in the user's language."""
    if language.lower().startswith("zh"):
        return _CHINESE[direction] if steps == 1 else f"{_CHINESE[direction]}{steps}步"
    return direction if steps == 1 else f"{direction} {steps} steps"
