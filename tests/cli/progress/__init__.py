"""Tests of nemovideo.cli.progress."""
