"""The version, in one place; the packaged SKILL.md carries the same (a test holds them together)."""

__version__ = "0.1.0"
