"""Commands on this machine: its settings, its engine, its disk."""
