"""Tests of nemovideo.projects.turns."""
