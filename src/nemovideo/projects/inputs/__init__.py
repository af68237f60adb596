"""The files and links that a user names: found, checked, put in order, made fit to be sent."""
