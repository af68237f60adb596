"""How text gets onto a terminal, into a pipe or a document."""
