"""Commands that work in a session: look, change, take back."""
