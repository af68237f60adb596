"""Answers on users and sessions: tokens, names, claims, credits."""

from __future__ import annotations

import httpx

from tests.support.serve import ApiUser, data_of


def test_state_before_the_first_cut_has_no_draft(user: ApiUser) -> None:
    session = user.new_session("holiday")
    state = user.state(session)
    assert state["session_id"] == session
    assert state["task_name"] == "holiday"
    assert state["user_id"] == user.user_id
    assert state["state"] == {
        "draft": None,
        "video_infos": [],
        "canvas_config": None,
        "generated_media": [],
    }


def test_session_names_default(user: ApiUser) -> None:
    data = data_of(user.post("/api/tasks/me/with-session/nemo_agent", json={}))
    assert set(data) == {"task_id", "session_id", "user_id"}
    assert user.state(data["session_id"])["task_name"] == "project"


def test_credits_are_never_spent(user: ApiUser, session: str) -> None:
    user.say(session, "cut it")
    balance = data_of(user.get("/api/credits/balance/simple"))
    assert balance == {"available": 100, "frozen": 0, "total": 100}


def test_claim_token_is_given_for_an_own_session(user: ApiUser) -> None:
    data = data_of(user.post("/api/tasks/me/with-session/nemo_agent", json={}))
    body = {"task_id": data["task_id"], "session_id": data["session_id"]}
    claim = data_of(user.post("/api/auth/claim-token", json=body))
    assert claim["claim_token"].startswith("clm_")
    assert claim["expires_in"] == 600


def test_anonymous_token_has_the_documented_form(http: httpx.Client) -> None:
    data = data_of(http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "someone"}))
    assert data["token"].startswith("nmv_usr_")
    assert data["user_id"].startswith("anon_")
    assert data["credits"] == 100
    assert data["expires_at"].endswith("+00:00")
