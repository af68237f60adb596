"""From token to downloaded file by hand, over a real socket."""

from __future__ import annotations

from pathlib import Path

from tests.engine.fakes import FakeRenderer, fakes, png
from tests.support.serve import api_user, data_of, running_engine, text_of


def test_walk_from_token_to_downloaded_file(tmp_path: Path) -> None:
    renderer = FakeRenderer()
    with running_engine(tmp_path, fakes(renderer)) as engine, api_user(engine) as user:
        session = user.new_session("holiday", "zh-CN")
        uploaded = data_of(user.upload(session, ("a.png", png()), ("b.png", png(4, 4))))
        assert [file["filename"] for file in uploaded["files"]] == ["a.png", "b.png"]
        events = user.say(session, "make a video")
        assert text_of(events) == "Made a cut of 2 files, as you said."
        draft = user.state(session)["state"]["draft"]
        job = data_of(user.submit(session, draft, "render_1"))
        assert (job["id"], job["status"]) == ("render_1", "pending")
        done = user.wait_for("render_1", "completed", "failed")
        assert done["status"] == "completed"
        assert done["progress"] == 100
        file = user.http.get(done["output"]["url"])
        assert file.content == renderer.content
        assert file.headers["content-type"] == "video/mp4"
