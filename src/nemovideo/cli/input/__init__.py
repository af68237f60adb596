"""What is read from the command line: options, texts and names from files, where a video goes."""
