"""From token to downloaded file by hand, over a real socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import httpx

from tests.engine.fakes import FakeRenderer, fakes, png
from tests.support.serve import (
    ApiUser,
    api_user,
    data_of,
    running_engine,
    text_of,
    wait_until,
)


def test_walk_with_the_real_director_and_renderer(tmp_path: Path) -> None:
    with running_engine(tmp_path) as engine, api_user(engine) as user:
        session = user.new_session("trip")
        data_of(user.upload(session, ("a.png", png(64, 36)), ("b.png", png(64, 36))))
        events = user.say(session, "turn these photos into a 1-second video without music")
        assert text_of(events)
        state = user.state(session)["state"]
        assert state["canvas_config"] == {"width": 1920, "height": 1080, "fps": 30}
        data_of(user.submit(session, state["draft"], "render_1"))
        output = user.wait_for("render_1", "completed", "failed")["output"]
        assert (output["frames"], output["duration"]) == (30, 1.0)
        path = tmp_path / "video.mp4"
        path.write_bytes(user.http.get(output["url"]).content)
        assert path.stat().st_size == output["size"]
        with av.open(path) as container:
            assert sum(1 for _ in container.decode(video=0)) == 30


SERVE = """
import sys
from pathlib import Path
from nemovideo.engine import LocalEngine
with LocalEngine(Path(sys.argv[1])) as engine:
    print(engine.url, engine.owner_token, flush=True)
    sys.stdin.read()
"""

LONG_DRAFT = {
    "t": [{"tt": 0, "sg": [{"st": 0, "d": 60_000, "m": {"name": "a.png"}}], "m": {}}],
    "d": 60_000,
    "m": {"title": "Long", "width": 160, "height": 90, "fps": 30},
}


def test_real_render_of_a_killed_process_is_made_whole_by_the_next(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SERVE, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url, token = process.stdout.readline().split()
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as http:
            owner = ApiUser(http, token)
            session = owner.new_session()
            data_of(owner.upload(session, ("a.png", png(64, 36))))
            data_of(owner.submit(session, LONG_DRAFT, "render_1"))
            wait_until(lambda: owner.render("render_1")["progress"] > 0)
        process.kill()
    with (
        running_engine(tmp_path) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        assert owner.state(session)["state"]["generated_media"] == []
        assert owner.wait_for("render_1", "completed", "failed")["output"]["frames"] == 1800
        assert len(owner.state(session)["state"]["generated_media"]) == 1
    files = [path.name for path in (tmp_path / "engine" / "renders").rglob("*") if path.is_file()]
    assert files == ["video.mp4"]


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
