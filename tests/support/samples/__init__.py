"""Photos, clips and films as cameras, phones and programs write them, made for tests."""
