"""Tests of nemovideo.protocol."""
