from __future__ import annotations

import pytest

from nemovideo.timeline.pacing import usual_photo_ms


@pytest.mark.parametrize(
    ("count", "length_ms"),
    [(1, 5000), (2, 5000), (3, 4000), (5, 4000), (6, 3000), (40, 3000), (41, 2500)],
)
def test_few_photos_are_seen_longer(count: int, length_ms: int) -> None:
    assert usual_photo_ms(count) == length_ms
