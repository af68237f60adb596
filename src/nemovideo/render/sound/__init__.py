"""What is heard: music that the program composes, songs and films, mixed to one track.

`Soundtrack` is the whole of it; `composer` turns a style, a key and a seed into music.
"""

from nemovideo.render.clip.sound import Samples
from nemovideo.render.sound.soundtrack import Soundtrack

__all__ = ["Samples", "Soundtrack"]
