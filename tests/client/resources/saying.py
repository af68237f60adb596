"""Where messages go, and the words of a stream, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nemovideo.protocol.events import ChatEvent, TextDelta

RUN = "/run_sse"


def texts(events: Iterable[ChatEvent]) -> Iterator[str]:
    return (event.text for event in events if isinstance(event, TextDelta))
