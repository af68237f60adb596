"""Helpers that several tests share; nothing in src knows of them."""
