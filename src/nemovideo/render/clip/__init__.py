"""Files of clips and sound, read with PyAV: what is in them, pictures by time, samples."""
