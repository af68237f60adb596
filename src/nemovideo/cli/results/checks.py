"""What `nemo doctor` found, in words."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.cli.output.output import Output
from nemovideo.projects.setup.doctor import Check


def show_checks(output: Output, checks: Sequence[Check]) -> None:
    """Write a line a check, and what to do where one failed."""
    for check in checks:
        mark = "ok  " if check.is_ok else "FAIL" if check.is_needed else "--  "
        name, detail = output.translate(check.name), output.translate(check.detail)
        output.result(f"{mark}  {name}{output.translate(': ')}{detail}", indent=len(mark) + 2)
        if check.hint:
            output.result(f"      → {output.translate(check.hint)}")
