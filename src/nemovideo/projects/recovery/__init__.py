"""What a process may die in, and how the next one takes it up."""
