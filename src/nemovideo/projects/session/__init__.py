"""What is done in one session: files sent, messages said, edits applied, looked at, undone."""
