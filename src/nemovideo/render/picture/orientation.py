"""A picture turned by quarters and mirrored, beside what its file says of its orientation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from nemovideo.render.picture.planes import Bytes
from nemovideo.timeline.model import Clip
from nemovideo.timeline.names import Flip


@dataclass(frozen=True)
class Orientation:
    """First turned, then mirrored."""

    quarters: int = 0
    """Clockwise, 0 to 3."""
    flip: Flip | None = None

    @classmethod
    def of(cls, clip: Clip) -> Self:
        """Return what a clip asks for."""
        return cls((clip.rotation or 0) // 90 % 4, clip.flip)

    def size_of(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the width and height that a picture has then."""
        return (size[1], size[0]) if self.quarters % 2 else size

    def apply(self, picture: Bytes) -> Bytes:
        """Return a picture (height, width, 3) as it is to be seen."""
        turned = np.rot90(picture, -self.quarters) if self.quarters else picture
        if self.flip == "horizontal":
            turned = turned[:, ::-1]
        elif self.flip == "vertical":
            turned = turned[::-1]
        return np.ascontiguousarray(turned)
