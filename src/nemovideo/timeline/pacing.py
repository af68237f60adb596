"""How long photos are seen when nobody says how long: one rule, for the cloud and for here."""

from __future__ import annotations

_PACES = ((2, 5000), (5, 4000), (40, 3000))
"""So many photos at most, and how long each of them is seen, in ms."""
_FASTEST_PACE_MS = 2500


def usual_photo_ms(count: int) -> int:
    """Return how long each of so many photos is seen: about three seconds, 2.5 to 5."""
    return next((pace for most, pace in _PACES if count <= most), _FASTEST_PACE_MS)
