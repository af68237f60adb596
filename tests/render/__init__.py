"""Drafts become pictures and sound."""
