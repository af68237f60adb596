"""What one thing said may do, and what it brought about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nemovideo.projects.turns import Answer

if TYPE_CHECKING:
    from nemovideo.language import Action, Intent
    from nemovideo.projects.exports.export import ChooseTarget
    from nemovideo.projects.exports.render import ExportResult
    from nemovideo.projects.journal import SessionRecord
    from nemovideo.projects.session import Session
    from nemovideo.projects.session.upload_batch import SentFile
    from nemovideo.projects.session.uploads import Uploaded
    from nemovideo.protocol.draft import Draft
    from nemovideo.timeline import Change


@dataclass(frozen=True)
class ChatPolicy:
    """What may be done without the user's word."""

    choose_target: ChooseTarget
    """Gives the file for an export, one of the formats that can be made."""
    may: Callable[[Action], bool] = field(default=lambda _: False)
    """Asked before an action that does more than read."""
    is_strict: bool = False
    """Whether a part of a message that is not understood makes all of it an error."""


@dataclass(frozen=True)
class DoneAction:
    """An action and whether it was carried out."""

    kind: str
    target: str | None
    done: bool


@dataclass(frozen=True)
class ChatResult:
    """What one thing said brought about."""

    session: SessionRecord
    intent: Intent
    reply: str
    """All that was answered."""
    draft: Draft | None
    own_words: str = ""
    """What of the reply this program says; the rest is the agent's, and was shown as it came."""
    actions: tuple[DoneAction, ...] = ()
    changes: tuple[Change, ...] = ()
    files: tuple[SentFile, ...] = ()
    export: ExportResult | None = None
    question: str | None = None
    """What the agent wants to know before it goes on."""
    not_understood: tuple[str, ...] = ()
    """The parts of the message that were not understood, where the server says so."""
    notes: tuple[str, ...] = ()
    """What was left out, changed or guessed, in sentences."""


@dataclass
class ResultBuilder:
    """The result while things are said and done."""

    session: Session
    intent: Intent
    draft: Draft | None = None
    """The timeline by now."""
    export: ExportResult | None = None
    question: str | None = None
    """What the agent asked last."""
    answers: list[Answer] = field(default_factory=list)
    actions: list[DoneAction] = field(default_factory=list)
    files: tuple[SentFile, ...] = ()
    notes: list[str] = field(default_factory=list)
    _replies: list[str] = field(default_factory=list)
    _own_words: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Take something that this program says itself."""
        self._replies.append(words)
        self._own_words.append(words)

    def hear(self, answer: Answer) -> None:
        """Take what came of a message."""
        self.answers.append(answer)
        self._replies.append(answer.reply)
        self.notes.extend(answer.notes)
        self.question, self.draft = _question_in(answer), answer.draft

    def add_files(self, uploaded: Uploaded) -> None:
        """Take what was uploaded."""
        self.files = uploaded.files
        self.notes.extend(uploaded.notes)

    def result(self) -> ChatResult:
        """Return all of it."""
        return ChatResult(
            session=self.session.record,
            intent=self.intent,
            reply=_lines(self._replies),
            draft=self.draft,
            own_words=_lines(self._own_words),
            actions=tuple(self.actions),
            changes=tuple(change for answer in self.answers for change in answer.changes),
            files=self.files,
            export=self.export,
            question=self.question,
            not_understood=tuple(
                dict.fromkeys(part for answer in self.answers for part in answer.not_understood)
            ),
            notes=tuple(dict.fromkeys(self.notes)),
        )


def _question_in(answer: Answer) -> str | None:
    if not set(answer.reply) & {*"?？"}:
        return None
    from nemovideo.projects.chat.questions import find_question

    return find_question(answer.reply, has_changed=bool(answer.changes))


def _lines(texts: Iterable[str]) -> str:
    """Return texts below each other, each once."""
    return "\n".join(filter(None, dict.fromkeys(texts)))
