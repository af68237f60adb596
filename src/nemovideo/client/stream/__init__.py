"""A streamed answer: its bytes as server-sent events, read on a thread, within limits of time."""
