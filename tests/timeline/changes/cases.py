"""All cases."""

from __future__ import annotations

from tests.timeline.changes import clip_cases, other_cases, pair_cases, picture_cases
from tests.timeline.changes.scenes import Cases

CASES: Cases = {
    **clip_cases.CASES,
    **picture_cases.CASES,
    **pair_cases.CASES,
    **other_cases.CASES,
}
