"""Refused values in plain words."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from nemovideo.protocol.wrong_values import in_words


class Wishes(BaseModel):
    model_config = ConfigDict(extra="forbid")
    seconds: float = Field(default=1, gt=0, le=60, allow_inf_nan=False)
    count: int = 1
    name: str = Field(default="x", min_length=1, pattern="x")
    ways: list[str] = Field(default=[], max_length=2)
    kind: Literal["a", "b"] = "a"
    even: int = 2

    @field_validator("even")
    @classmethod
    def _check_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even")
        return value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seconds": "many"}, "must be a number"),
        ({"seconds": float("inf")}, "must be a finite number"),
        ({"seconds": 0}, "must be more than 0.0"),
        ({"seconds": 61}, "must be 60.0 at most"),
        ({"count": "x"}, "must be a whole number"),
        ({"name": 1}, "must be a text"),
        ({"name": "y"}, "is not of the form that is wanted"),
        ({"name": ""}, "must have 1 or more characters"),
        ({"ways": "a"}, "must be a list"),
        ({"ways": ["a"] * 3}, "must hold 2 at most"),
        ({"kind": "c"}, "must be one of: 'a' or 'b'"),
        ({"even": 1}, "must be even"),
        ({"nonsense": 1}, "is not known here"),
    ],
)
def test_what_is_wrong_is_said_without_the_librarys_words(
    given: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Wishes.model_validate(given)

    assert in_words(caught.value.errors()[0]) == words


def test_a_bound_that_is_not_told_is_left_out() -> None:
    assert in_words({"type": "literal_error", "msg": "x"}) == "must be one of"
