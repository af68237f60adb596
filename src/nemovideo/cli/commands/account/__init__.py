"""Commands on who asks, and on what is left to spend."""
