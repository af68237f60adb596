"""Commands that end in a video."""
