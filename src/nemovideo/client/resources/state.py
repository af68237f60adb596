"""State: what the server holds of a session, the timeline above all."""

from __future__ import annotations

from nemovideo.client._calls import Call
from nemovideo.client.resources._base import Resource
from nemovideo.protocol import endpoints
from nemovideo.protocol.models import SessionState

_READ_TIMEOUT_S = 60.0


class States(Resource):
    """``GET /api/state/nemo_agent/me/<session>/latest``."""

    def get(self, session_id: str) -> SessionState:
        """Return a session's latest state.

        Raises:
            SessionNotFoundError: The server does not know the session.
        """
        call = Call(
            "GET", endpoints.state(session_id), is_repeatable=True, read_timeout_s=_READ_TIMEOUT_S
        )
        state = self._requests.fetch(call, SessionState)
        self._requests.learn_user(state.user_id)
        return state
