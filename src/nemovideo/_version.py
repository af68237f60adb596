"""The version, in one place; the packaged SKILL.md carries the same, which a test checks."""

__version__ = "0.1.0"
