"""Photos and animations as upright RGB arrays, whatever they were saved as.

The only reader of image files. Pillow and libheif normalise here what OpenCV would get wrong: EXIF
orientation, palettes, alpha, CMYK, 16 bits, colour profiles.
"""

from nemovideo.render.picture.files._animation import AnimationReader, open_animation
from nemovideo.render.picture.files._check import PictureFacts, check_picture
from nemovideo.render.picture.files._load import (
    MAX_LOADED_PIXELS,
    covering_size,
    load_picture,
    picture_size,
    to_jpeg,
)
from nemovideo.render.picture.files._open import MAX_PIXELS, MAX_WHOLE_PIXELS

__all__ = [
    "MAX_LOADED_PIXELS",
    "MAX_PIXELS",
    "MAX_WHOLE_PIXELS",
    "AnimationReader",
    "PictureFacts",
    "check_picture",
    "covering_size",
    "load_picture",
    "open_animation",
    "picture_size",
    "to_jpeg",
]
