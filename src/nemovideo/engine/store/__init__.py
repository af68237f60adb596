"""What the engine remembers: one database, and folders of files beside it."""
