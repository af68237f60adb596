"""What takes its time: turns of a conversation, and renders."""
