"""One command a file: parse, call one function, show its result."""
