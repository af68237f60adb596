"""The film: what is on screen at each frame, drawn, and written into a file."""
