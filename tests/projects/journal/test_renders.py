from __future__ import annotations

import threading
from pathlib import Path

from nemovideo.projects.journal import Journal
from nemovideo.projects.recovery.states import RenderState


def test_journal_gives_every_render_an_id_of_its_own(tmp_path: Path) -> None:
    with Journal(tmp_path, clock=lambda: 7.0) as journal:
        ids = [
            journal.renders.add("s1", output=None, format="mp4", quality="high").render_id
            for _ in range(3)
        ]
    assert ids == ["render_7000000", "render_7000001", "render_7000002"]


def test_journal_finds_a_render_by_the_id_that_the_server_gave(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        record = journal.renders.add("s1", output="/x.mp4", format="mp4", quality="high")
        journal.renders.update(record.render_id, status=RenderState.PROCESSING, polled_id="srv-9")
        found = journal.renders.get("srv-9")
    assert found is not None
    assert (found.render_id, found.status, found.output) == (
        record.render_id,
        "processing",
        "/x.mp4",
    )


def test_journal_is_safe_for_many_at_once(tmp_path: Path) -> None:
    def work() -> None:
        with Journal(tmp_path) as journal:
            for _ in range(10):
                journal.renders.add("s1", output=None, format="mp4", quality="high")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Journal(tmp_path) as journal:
        assert len({render.render_id for render in journal.renders.all()}) == 80
