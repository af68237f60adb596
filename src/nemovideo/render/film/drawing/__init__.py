"""A plan's frames as pictures: its shots, what lies beneath its words, and the words."""
