"""Sessions: the rooms in which the agent works on one project."""

from __future__ import annotations

from nemovideo.client._calls import Call
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.protocol import endpoints
from nemovideo.protocol.models import Session


class Sessions(Resource):
    """``POST /api/tasks/me/with-session/nemo_agent``."""

    def create(
        self, *, task_name: str = "project", language: str = "en", attempts: int | None = None
    ) -> Session:
        """Start a session.

        Args:
            task_name: What the session is called in the web workspace.
            language: The language that the agent answers in, as an ISO code.
            attempts: How often to try to connect; as often as with every request if None.
        """
        call = Call(
            "POST",
            endpoints.CREATE_SESSION,
            body=lambda: json_body({"task_name": task_name, "language": language}),
            attempts=attempts,
        )
        session = self._requests.fetch(call, Session)
        self._requests.learn_user(session.user_id)
        return session
