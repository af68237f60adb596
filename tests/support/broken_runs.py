"""Runs of `nemo convert` that are broken off at a chosen moment, and what must hold afterwards.

The cloud here is a strict one: it knows only renders that were submitted to it, and it goes on with
what it was asked to do whether or not somebody still waits for the answer.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.support.answers import Answer, Await, Step, error, mp4, ok
from tests.support.cli import CliResult, run_cli
from tests.support.media import write_jpeg
from tests.support.processes.nemo import Nemo
from tests.support.scripted_cloud import Request, ScriptedCloud

FILE_BYTES = 400_000
POLLS_UNTIL_DONE = 3
PROMPT_S = 3.0
"""So soon Ctrl-C has to end a run, whatever it is waiting for."""


@dataclass(frozen=True)
class Moment:
    """When a run is broken off: a request has come in, and its answer has not left or only half."""

    method: str
    pattern: str
    number: int = 1
    """Which request of the kind, counted from 1."""
    is_within_answer: bool = False
    """Whether half of the answer's body has left; before that the server has only read."""

    def is_of_kind(self, request: Request) -> bool:
        """Whether it is a request of this kind."""
        return request.method == self.method and fnmatchcase(request.path, self.pattern)


MOMENTS = {
    "token": Moment("POST", "/api/auth/anonymous-token"),
    "session": Moment("POST", "/api/tasks/me/with-session/nemo_agent"),
    "first-upload": Moment("POST", "/api/upload-video/*"),
    "second-upload": Moment("POST", "/api/upload-video/*", 2),
    "state-before": Moment("GET", "/api/state/*"),
    "message": Moment("POST", "/run_sse"),
    "stream": Moment("POST", "/run_sse", is_within_answer=True),
    "state-after": Moment("GET", "/api/state/*", 2),
    "state-for-export": Moment("GET", "/api/state/*", 3),
    "submit": Moment("POST", "/api/render/proxy/lambda"),
    "first-poll": Moment("GET", "/api/render/proxy/lambda/*"),
    "last-poll": Moment("GET", "/api/render/proxy/lambda/*", POLLS_UNTIL_DONE),
    "file": Moment("GET", "/files/*"),
    "within-the-file": Moment("GET", "/files/*", is_within_answer=True),
}
"""All that a run asks for, in order."""


class Gate(threading.Event):
    """An event that tells when somebody begins to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.reached.set()
        return super().wait(timeout)


@dataclass
class StrictCloud:
    """Scripts a cloud so that a run takes its time and can be held at a moment.

    Attributes:
        cloud: The server.
        pause_s: How long every answer takes.
        moment: Where runs are held until `release`.
    """

    cloud: ScriptedCloud
    pause_s: float = 0.0
    moment: Moment | None = None
    submitted: Counter[str] = field(default_factory=Counter)
    """How often each render was asked for."""

    def __post_init__(self) -> None:
        self.cloud.good_day.video = mp4(FILE_BYTES)
        self._lock = threading.Lock()
        self._seen: Counter[Moment] = Counter()
        self._polls: Counter[str] = Counter()
        self._gate = Gate()
        for method, pattern in dict.fromkeys((m.method, m.pattern) for m in MOMENTS.values()):
            self.cloud.always(method, pattern, self._answer)

    def wait_until_reached(self, timeout_s: float = 30) -> None:
        """Wait until a run is held."""
        assert self._gate.reached.wait(timeout_s), "the run never came to the moment"

    def release(self) -> None:
        """Let everything that is held go on."""
        self._gate.set()

    def _answer(self, request: Request) -> Answer:
        is_here = self._is_moment(request)
        answer = self._act(request)
        if is_here and self.moment is not None and self.moment.is_within_answer:
            return Answer(**{**vars(answer), "steps": self._held_halfway(answer)})
        if is_here:
            self._gate.wait(60)
        time.sleep(self.pause_s)
        return answer

    def _is_moment(self, request: Request) -> bool:
        if self.moment is None:
            return False
        with self._lock:
            is_kind = self.moment.is_of_kind(request)
            self._seen[self.moment] += is_kind
            return is_kind and self._seen[self.moment] == self.moment.number

    def _held_halfway(self, answer: Answer) -> list[Step]:
        steps = list(answer.steps)
        if len(steps) == 1 and isinstance(steps[0], bytes):
            half = len(steps[0]) // 2
            steps = [steps[0][:half], steps[0][half:]]
        return [*steps[: len(steps) // 2], Await(self._gate), *steps[len(steps) // 2 :]]

    def _act(self, request: Request) -> Answer:
        """Do what was asked, and make the answer."""
        if MOMENTS["submit"].is_of_kind(request):
            self.submitted[request.json["id"]] += 1
        elif MOMENTS["first-poll"].is_of_kind(request):
            render_id = request.path.rsplit("/", 1)[-1]
            if render_id not in self.submitted:
                return error(404, "Render not found", status=404)
            self._polls[render_id] += 1
            if self._polls[render_id] < POLLS_UNTIL_DONE:
                return ok({"id": render_id, "status": "processing", "progress": 40})
        return self.cloud.good_day.answer(self.cloud.url, request)


@dataclass
class BrokenRun:
    """A conversion of two photos, as a process."""

    strict: StrictCloud
    folder: Path
    nemo: Nemo | None = None

    def __post_init__(self) -> None:
        self.out = self.folder / "film.mp4"
        self.photos = [
            write_jpeg(self.folder / name, 64 + number, 48)
            for number, name in enumerate(("a.jpg", "b.jpg"))
        ]

    def start(self, *command: str) -> None:
        """Start it, or another command."""
        conversion = ("convert", *map(str, self.photos), "--out", str(self.out))
        self.nemo = Nemo(*(command or conversion))

    def kill(self) -> None:
        """End it as ``kill -9`` and TerminateProcess do."""
        assert self.nemo is not None
        self.nemo.process.kill()
        self.nemo.output(30)

    def interrupt(self) -> CliResult:
        """Press Ctrl-C and return how it ended, which has to be soon and clean."""
        assert self.nemo is not None
        started = time.monotonic()
        self.nemo.process.send_signal(signal.SIGINT)
        result = CliResult.of(self.nemo.output(30))
        assert time.monotonic() - started < PROMPT_S
        assert result.exit_code == 130, result.stderr
        assert "Traceback" not in result.stderr
        return result

    def resume(self, *more: str, expect: int = 0) -> CliResult:
        """Take it up again."""
        return run_cli("resume", *more, expect=expect)

    def check_unfinished(self) -> None:
        """Check that there is no file yet, and no half of one where Ctrl-C ended the run."""
        assert sorted(path.name for path in self.folder.iterdir()) == ["a.jpg", "b.jpg"]

    def check_finished(self) -> None:
        """Check that the film is whole and that nothing was paid for or uploaded twice."""
        cloud = self.strict.cloud
        assert self.out.read_bytes() == cloud.good_day.video
        assert [path.name for path in self.folder.iterdir() if path.name.startswith(".")] == []
        (message,) = cloud.calls("POST", "/run_sse")
        session_id = message.json["session_id"]
        uploads = cloud.calls("POST", f"/api/upload-video/nemo_agent/me/{session_id}")
        assert [part.filename for upload in uploads for part in upload.parts] == ["a.jpg", "b.jpg"]
        assert len(self.strict.submitted) == 1
        submits = cloud.calls("POST", "/api/render/proxy/lambda")
        assert {submit.json["sessionId"] for submit in submits} == {session_id}
        assert sum(self.strict.submitted.values()) == 1
