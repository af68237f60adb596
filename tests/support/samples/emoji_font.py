"""A font of one emoji, so that tests know its colours and need none of the system's."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

EMOJI = "\U0001f389"
"""The only character of the font: a red square in a yellow one, 0.9 of the font size wide."""

_FONT = """
eNqNUb9LHEEU/mZm4+ER/AFGrhA90RAhRTwNJkVARU+CCMqZQLpk8da7Yjd76AkGEkhxCBaCf4CFpaWFpdgJWxxJlSoQ
AhZnYadJdWbzzexoTEggb3hv3ve9eW/mvYEAcBvvoTAxNT9XQAr3ANkk2zO1MDlXj0e/ACpD3D2/+GBk4nv+PiCeEr9a
CtwKehvHxAfECyX/zfLzz31HzO8gLpY9tzh8djJDv04dK5NIpdUGzzvEg+Wguu7s04PYo0n74ZKLWeSYr+PpwF2voIUL
Yog4+9oNvEZrN/NllfhZJVyt7r5bZVxGxA+he6F+aB/Yetn+5BuUOtXVG0MfP/3a4x1VU1lCBYlEmKNq8WNafb6oaqbS
TRGGcbiSiMSfwrvENm7BwX/IzfRxCl9F+efxrH2Zlii5zWoPrbB72szAQcZcYK7QNanJH8Ocu+7nfNMobDSDuxixCOJC
Hur6uc7+Tu1fTie8mZzltd/8qnk7UfJ3DM8BNt/qShEieShf6MgjRiJxEYntHxUzyTE7SWH6uJpqiogdOa1kWthR4ku0
oSMfhAWvtOa7K8gjQIgCPJSwBh8uVv7yI78L/0VIoYSjvCCUfk76V922UbuYL67npqwvDNLxehyP0gA/AdJAcG8=
"""
"""TrueType with a colour table (COLR version 0); packed, for it is 816 bytes otherwise."""


def write_emoji_font(folder: Path) -> Path:
    """Write the font under a name by which emoji fonts are known."""
    path = folder / "NotoColorEmoji.ttf"
    path.write_bytes(zlib.decompress(base64.b64decode(_FONT)))
    return path
