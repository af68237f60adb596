"""Every refusal: its HTTP status, its code, and words that say what was wrong."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

from nemovideo import errors
from nemovideo.engine import LocalEngine, _refusals
from nemovideo.engine._refusals import refusal_of
from tests.engine.fakes import DRAFT, png
from tests.support.serve import ATTRIBUTION, ApiUser, refused

RENDERS = "/api/render/proxy/lambda"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("POST", "/api/tasks/me/with-session/nemo_agent", id="session"),
        pytest.param("POST", "/run_sse", id="run_sse"),
        pytest.param("POST", "/api/upload-video/nemo_agent/me/x", id="upload"),
        pytest.param("GET", "/api/credits/balance/simple", id="credits"),
        pytest.param("GET", "/api/state/nemo_agent/me/x/latest", id="state"),
        pytest.param("POST", RENDERS, id="render"),
        pytest.param("GET", f"{RENDERS}/x", id="render status"),
        pytest.param("POST", f"{RENDERS}/x/cancel", id="cancel"),
        pytest.param("GET", "/api/render/proxy/x/download", id="download"),
        pytest.param("POST", "/api/auth/claim-token", id="claim"),
    ],
)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no token"),
        pytest.param({"Authorization": "Bearer nmv_usr_wrong"}, id="wrong token"),
        pytest.param({"Authorization": "Basic nmv_usr_wrong"}, id="other scheme"),
    ],
)
def test_endpoint_without_good_token_is_1001(
    http: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    refused(http.request(method, path, headers={**ATTRIBUTION, **headers}), 401, 1001, "token")


@pytest.mark.parametrize("client_id", [None, "", "x" * 129, "two words"])
def test_token_without_usable_client_id_is_400(http: httpx.Client, client_id: str | None) -> None:
    headers = {} if client_id is None else {"X-Client-Id": client_id}
    answer = http.post("/api/auth/anonymous-token", headers=headers)
    refused(answer, 400, 400, "X-Client-Id")


def test_second_token_of_a_client_is_429(http: httpx.Client) -> None:
    headers = {"X-Client-Id": str(uuid.uuid4())}
    assert http.post("/api/auth/anonymous-token", headers=headers).status_code == 200
    answer = http.post("/api/auth/anonymous-token", headers=headers)
    refused(answer, 429, 429)
    assert 7 * 24 * 3600 - 60 < int(answer.headers["retry-after"]) <= 7 * 24 * 3600


def upload_to(user: ApiUser, session: str) -> httpx.Response:
    return user.upload(session, ("a.png", png()))


def run_in(user: ApiUser, session: str) -> httpx.Response:
    body = {"session_id": session, "new_message": {"parts": [{"text": "cut"}]}}
    return user.post("/run_sse", json=body)


def state_of(user: ApiUser, session: str) -> httpx.Response:
    return user.get(f"/api/state/nemo_agent/me/{session}/latest")


def render_of(user: ApiUser, session: str) -> httpx.Response:
    return user.submit(session, DRAFT)


def claim_of(user: ApiUser, session: str) -> httpx.Response:
    return user.post("/api/auth/claim-token", json={"task_id": "x", "session_id": session})


IN_SESSION = [
    pytest.param(action, id=action.__name__)
    for action in (upload_to, run_in, state_of, render_of, claim_of)
]


@pytest.mark.parametrize("action", IN_SESSION)
def test_unknown_session_is_1002(user: ApiUser, action: Any) -> None:
    refused(action(user, str(uuid.uuid4())), 404, 1002, "session")


@pytest.mark.parametrize("action", IN_SESSION)
def test_session_of_another_user_is_1002(other: ApiUser, session: str, action: Any) -> None:
    refused(action(other, session), 404, 1002, "session")


def test_claim_with_another_task_is_1002(user: ApiUser, session: str) -> None:
    refused(claim_of(user, session), 404, 1002, "task")


def test_render_without_attribution_is_402(user: ApiUser, session: str) -> None:
    for name in ATTRIBUTION:
        answer = user.post(
            RENDERS, json={"id": "r", "sessionId": session, "draft": DRAFT}, headers={name: ""}
        )
        refused(answer, 402, 402, name)


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param({}, id="no tracks"),
        pytest.param({"t": []}, id="empty tracks"),
        pytest.param({"t": [{"tt": 0, "sg": []}]}, id="empty segments"),
        pytest.param({"t": "x"}, id="tracks of the wrong type"),
    ],
)
def test_render_of_empty_timeline_is_400(
    user: ApiUser, session: str, draft: dict[str, Any]
) -> None:
    refused(user.submit(session, draft), 400, 400, "nothing on the timeline")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        pytest.param({"id": None}, "id", id="id null"),
        pytest.param({"id": "../x"}, "id", id="id with a path"),
        pytest.param({"id": ""}, "id", id="id empty"),
        pytest.param({"id": "x" * 200}, "id", id="id too long"),
        pytest.param({"sessionId": 7}, "sessionId", id="session a number"),
        pytest.param({"draft": None}, "draft", id="draft null"),
        pytest.param({"draft": []}, "draft", id="draft a list"),
        pytest.param({"output": {"format": "mkv"}}, "output.format", id="other format"),
    ],
)
def test_render_with_wrong_field_is_400(
    user: ApiUser, session: str, change: dict[str, Any], word: str
) -> None:
    body = {"id": "render_1", "sessionId": session, "draft": DRAFT, **change}
    refused(user.post(RENDERS, json=body), 400, 400, word)


@pytest.mark.parametrize("missing", ["id", "sessionId", "draft"])
def test_render_without_field_names_it(user: ApiUser, session: str, missing: str) -> None:
    body = {"id": "render_1", "sessionId": session, "draft": DRAFT}
    del body[missing]
    refused(user.post(RENDERS, json=body), 400, 400, missing)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/api/tasks/me/with-session/nemo_agent", id="session"),
        pytest.param("/run_sse", id="run_sse"),
        pytest.param(RENDERS, id="render"),
        pytest.param("/api/auth/claim-token", id="claim"),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"\xff\xfe{", id="no UTF-8"),
        pytest.param(b'{"a": NaN}', id="NaN"),
        pytest.param(b'{"a": "\\ud800"}', id="lone surrogate"),
        pytest.param(b"[" * 200_000, id="very deep"),
    ],
)
def test_body_that_is_no_json_is_400(user: ApiUser, path: str, body: bytes) -> None:
    refused(user.post(path, content=body), 400, 400, "JSON")


def test_body_beyond_reason_is_413(user: ApiUser) -> None:
    answer = user.post("/run_sse", content=b" " * (16 * 1024 * 1024 + 1))
    refused(answer, 413, 413, "larger")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        pytest.param({}, "new_message", id="nothing"),
        pytest.param({"new_message": {"parts": []}}, "parts", id="no parts"),
        pytest.param({"new_message": {"parts": [{"text": "  "}]}}, "text", id="blank"),
        pytest.param({"new_message": {"parts": [{}]}}, "text", id="part without text"),
        pytest.param({"new_message": {"parts": [{"text": 3}]}}, "text", id="number"),
        pytest.param({"new_message": {"parts": [{"text": "x" * 20_001}]}}, "longer", id="huge"),
        pytest.param(
            {"app_name": "other", "new_message": {"parts": [{"text": "x"}]}}, "app_name", id="app"
        ),
    ],
)
def test_message_without_usable_text_is_400(
    user: ApiUser, session: str, body: dict[str, Any], word: str
) -> None:
    refused(user.post("/run_sse", json={"session_id": session, **body}), 400, 400, word)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"task_name": ""}, id="empty name"),
        pytest.param({"task_name": 5}, id="name a number"),
        pytest.param({"language": "no language!"}, id="language"),
    ],
)
def test_session_with_wrong_field_is_400(user: ApiUser, body: dict[str, Any]) -> None:
    answer = user.post("/api/tasks/me/with-session/nemo_agent", json=body)
    refused(answer, 400, 400, next(iter(body)))


@pytest.mark.parametrize("path", ["/", "/api", "/api/render/proxy", "/files/media/x", "/../etc"])
def test_unknown_path_is_404(user: ApiUser, path: str) -> None:
    refused(user.get(path), 404, 404)


def test_wrong_method_is_405(user: ApiUser) -> None:
    answer = user.get("/run_sse")
    refused(answer, 405, 405)
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/files/media/nokey/a.png", "/files/renders/nokey/a.mp4", "/files/media/..%2f/x"]
)
def test_unknown_file_is_404(user: ApiUser, path: str) -> None:
    refused(user.get(path), 404, 404)


@pytest.mark.parametrize("suffix", ["", "/cancel"], ids=["status", "cancel"])
def test_unknown_render_is_404(user: ApiUser, suffix: str) -> None:
    method = user.post if suffix else user.get
    refused(method(f"{RENDERS}/nothing{suffix}"), 404, 404, "nothing")


def test_download_of_unknown_render_is_404(user: ApiUser) -> None:
    refused(user.get("/api/render/proxy/nothing/download"), 404, 404, "nothing")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="another host"),
        pytest.param({"Host": "evil.example:80"}, id="another host with a port"),
        pytest.param({"Host": ""}, id="no host"),
        pytest.param({"Host": "[bad"}, id="a broken host"),
        pytest.param({"Origin": "https://evil.example"}, id="a page of another origin"),
        pytest.param({"Origin": "null"}, id="a page without an origin"),
        pytest.param({"Origin": "http://[bad"}, id="a broken origin"),
    ],
)
def test_request_by_way_of_a_web_page_is_403(user: ApiUser, headers: dict[str, str]) -> None:
    refused(user.get("/api/credits/balance/simple", headers=headers), 403, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_request_to_a_name_of_this_machine_is_served(
    engine: LocalEngine, user: ApiUser, host: str
) -> None:
    port = httpx.URL(engine.url).port
    answer = user.get("/api/credits/balance/simple", headers={"Host": f"{host}:{port}"})
    assert answer.status_code == 200


def test_answers_carry_no_cors_headers(user: ApiUser) -> None:
    answer = user.get("/api/credits/balance/simple")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_table_covers_every_code_of_the_contract() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.NemoError)
        and kind.default_code is not None
    ]
    assert kinds
    for kind in kinds:
        refusal = refusal_of(kind())
        assert refusal.status < 500 or kind is errors.DiskFullError
        assert refusal.code == kind.default_code


def test_error_outside_the_table_is_500() -> None:
    refusal = _refusals.refusal_of(errors.RenderError("no encoder"))
    assert (refusal.status, refusal.code) == (500, 500)
