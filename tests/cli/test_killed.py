"""`nemo convert` killed at every step: `nemo resume` finishes it, and nothing is paid for twice."""

from __future__ import annotations

import pytest

from tests.support.broken_runs import MOMENTS, BrokenRun, StrictCloud


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_killed_at_any_step_is_finished_by_resume(
    strict: StrictCloud, run: BrokenRun, moment: str
) -> None:
    strict.moment = MOMENTS[moment]
    run.start()
    strict.wait_until_reached()
    run.kill()
    assert not run.out.exists()
    strict.release()
    run.resume()
    run.check_finished()
