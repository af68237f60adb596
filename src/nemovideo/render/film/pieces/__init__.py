"""A film in pieces that are kept: where it is cut, what a piece is known by, how it is made."""
