"""What is set up once for a machine or a folder: settings, tokens, skills, room on the disk."""
