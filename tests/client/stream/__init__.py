"""Tests of nemovideo.client."""
