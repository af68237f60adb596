"""What a photo is about: the faces in it, or else the part that the eye goes to."""

from nemovideo.render.picture.subject._find import Subject, find_subject

__all__ = ["Subject", "find_subject"]
