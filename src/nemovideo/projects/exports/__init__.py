"""Timeline → file: renders at the server or here, and where a video goes."""
