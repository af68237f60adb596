"""What travels on the wire, typed, for both sides; this package does no I/O."""
