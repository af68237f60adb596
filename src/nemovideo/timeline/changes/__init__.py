"""What changed between two timelines, in lines that know their other languages."""

from nemovideo.timeline.changes._finding import Change, describe_changes, find_changes

__all__ = ["Change", "describe_changes", "find_changes"]
