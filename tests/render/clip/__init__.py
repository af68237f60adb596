"""Tests of reading clips and sound."""
