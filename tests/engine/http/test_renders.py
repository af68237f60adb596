"""Renders as they are asked for: what is taken, what the answers hold, whose they are."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.engine.fakes import DRAFT, FakeRenderer, png
from tests.engine.renders import ENDS, RENDERS
from tests.support.serve import ApiUser, data_of, refused


def test_submitted_render_says_at_once_what_can_not_be_shown(user: ApiUser, session: str) -> None:
    title = {"tt": 7, "sg": [{"st": 0, "d": 1000, "m": {"text": "Hi \U00013000"}}]}
    job = user.submit(session, {**DRAFT, "t": [*DRAFT["t"], title]}, "render_words").json()["data"]
    assert job["notes"] == ["No font here can show \U00013000: it is left out."]
    assert "notes" not in user.submit(session, DRAFT, "render_plain").json()["data"]


def test_completed_render_has_all_that_is_documented(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    answer = user.submit(session, DRAFT, "render_whole")
    assert answer.json()["success"] is True
    job = user.wait_for("render_whole", *ENDS)
    assert job["status"] == "completed"
    assert job["progress"] == 100
    assert job["outputUrl"] == job["output"]["url"]
    assert job["output"]["url"].endswith("/Sea%20%E6%B5%B7.mp4")
    assert job["output"]["duration"] == 1.0
    assert job["output"]["size"] == len(renderer.content)
    assert (job["output"]["width"], job["output"]["height"]) == (64, 36)
    assert job["output"]["notes"] == ["a note"]


@pytest.mark.parametrize("output", [{"quality": "bogus"}, {"format": "mkv"}], ids=str)
def test_output_that_the_engine_does_not_make_is_refused(
    user: ApiUser, session: str, output: dict[str, str]
) -> None:
    body = {"id": "render_odd", "sessionId": session, "draft": DRAFT, "output": output}
    answer = user.post(RENDERS, json=body)
    assert answer.status_code == 400
    assert next(iter(output)) in answer.json()["message"]


def test_quality_and_format_are_those_that_are_asked_for(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    body: dict[str, Any] = {"id": "render_low", "sessionId": session, "draft": DRAFT}
    body["output"] = {"quality": "low", "format": "mov"}
    data_of(user.post(RENDERS, json=body))
    output = user.wait_for("render_low", *ENDS)["output"]
    assert (output["quality"], output["format"]) == ("low", "mov")
    assert output["url"].endswith(".mov")
    assert renderer.qualities[-1] == "low"
    assert output["notes"] == ["a note"]


def test_renderer_gets_the_files_by_id_and_by_name(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    first, second = data_of(user.upload(session, ("a.png", png()), ("a.png", png(4, 4))))["files"]
    data_of(user.submit(session, DRAFT, "render_media"))
    user.wait_for("render_media", *ENDS)
    media = renderer.media[-1]
    assert set(media) == {first["id"], second["id"], "a.png"}
    assert media["a.png"] == media[first["id"]]
    assert media[second["id"]].read_bytes() == png(4, 4)


@pytest.mark.parametrize("way", ["url", "download"])
def test_finished_file_is_served_with_length_range_and_name(
    user: ApiUser, session: str, renderer: FakeRenderer, way: str
) -> None:
    render_id = f"render_{way}"
    data_of(user.submit(session, DRAFT, render_id))
    job = user.wait_for(render_id, *ENDS)
    path = job["outputUrl"] if way == "url" else f"/api/render/proxy/{render_id}/download"
    whole = user.get(path)
    assert whole.content == renderer.content
    assert whole.headers["content-type"] == "video/mp4"
    assert int(whole.headers["content-length"]) == len(renderer.content)
    assert "Sea%20%E6%B5%B7.mp4" in whole.headers["content-disposition"]
    part = user.get(path, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == renderer.content[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(renderer.content)}"
    rest = user.get(path, headers={"Range": f"bytes={len(renderer.content) - 5}-"})
    assert rest.content == renderer.content[-5:]
    beyond = user.get(path, headers={"Range": f"bytes={len(renderer.content)}-"})
    assert beyond.status_code == 416


def test_render_url_needs_no_token(user: ApiUser, session: str, http: httpx.Client) -> None:
    data_of(user.submit(session, DRAFT, "render_open"))
    url = user.wait_for("render_open", *ENDS)["outputUrl"]
    assert http.get(url).status_code == 200


def test_finished_render_stands_in_the_state(user: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_state"))
    job = user.wait_for("render_state", *ENDS)
    (made,) = user.state(session)["state"]["generated_media"]
    assert made == {"type": "video", "id": "render_state", "url": job["outputUrl"]}


def test_same_id_and_session_is_the_same_render(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    before = len(renderer.media)
    for _ in range(3):
        assert data_of(user.submit(session, DRAFT, "render_twice"))["id"] == "render_twice"
        user.wait_for("render_twice", *ENDS)
    assert len(renderer.media) == before + 1


def test_id_of_another_session_is_taken(user: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_mine"))
    refused(user.submit(user.new_session(), DRAFT, "render_mine"), 409, 409, "taken")


def test_render_of_another_user_is_not_there(user: ApiUser, other: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_private"))
    user.wait_for("render_private", *ENDS)
    refused(other.get(f"{RENDERS}/render_private"), 404, 404)
    refused(other.post(f"{RENDERS}/render_private/cancel"), 404, 404)
    refused(other.get("/api/render/proxy/render_private/download"), 404, 404)
    refused(other.submit(other.new_session(), DRAFT, "render_private"), 409, 409)
    assert user.render("render_private")["status"] == "completed"
