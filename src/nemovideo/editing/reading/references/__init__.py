"""References to clips and to words over the picture: which ones are meant."""

from nemovideo.editing.reading.references._references import References

__all__ = ["References"]
