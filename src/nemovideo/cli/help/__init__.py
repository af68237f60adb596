"""What the program says of itself: examples, completion, the reference."""
