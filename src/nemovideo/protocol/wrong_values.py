"""What is wrong with a value that a model refused, in plain words.

Pydantic's own words are for those who write programs: "Input should be a valid number, unable to
parse string as a number".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OF_KIND = {
    "int": "must be a whole number",
    "float": "must be a number",
    "decimal": "must be a number",
    "finite": "must be a finite number",
    "string": "must be a text",
    "bool": "must be true or false",
    "list": "must be a list",
    "tuple": "must be a list",
    "dict": "must be an object",
    "model": "must be an object",
    "none": "must be left out",
}
_OF_TYPE = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_pattern_mismatch": "is not of the form that is wanted",
    "string_too_short": "must have {min_length} or more characters",
    "string_too_long": "must have {max_length} characters at most",
    "too_short": "must hold {min_length} or more",
    "too_long": "must hold {max_length} at most",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} at most",
    "less_than": "must be less than {lt}",
    "literal_error": "must be one of: {expected}",
    "union_tag_invalid": "must be one of: {expected_tags}",
    "union_tag_not_found": "is missing",
    "enum": "must be one of: {expected}",
}


def in_words(problem: Mapping[str, Any]) -> str:
    """Return what is wrong as the end of a sentence that begins with the value's name."""
    type_ = problem["type"]
    words = _OF_TYPE.get(type_) or _OF_KIND.get(type_.partition("_")[0])
    if words is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    try:
        return words.format_map(problem.get("ctx") or {})
    except KeyError:
        return words.partition(" {")[0].rstrip(":")
