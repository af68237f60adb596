"""Photos and animations as upright RGB arrays, whatever they were saved as.

The only reader of image files. Pillow and libheif normalise here what OpenCV would get wrong: EXIF
orientation, palettes, alpha, CMYK, 16 bits, colour profiles.
"""

from nemovideo.render.picture.files._animation import (
    AnimationReader as AnimationReader,
    open_animation as open_animation,
)
from nemovideo.render.picture.files._check import (
    PictureFacts as PictureFacts,
    check_picture as check_picture,
)
from nemovideo.render.picture.files._load import (
    MAX_LOADED_PIXELS as MAX_LOADED_PIXELS,
    covering_size as covering_size,
    load_picture as load_picture,
    picture_size as picture_size,
    to_jpeg as to_jpeg,
)
from nemovideo.render.picture.files._open import (
    MAX_PIXELS as MAX_PIXELS,
    MAX_WHOLE_PIXELS as MAX_WHOLE_PIXELS,
)
