"""Encoded pictures and sound: packets that can be kept and joined without encoding again."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import astuple, dataclass
from typing import Any, Self

from nemovideo.render.sound.loudness import Loudness


@dataclass(frozen=True, slots=True)
class Packet:
    """A picture, or a block of sound, encoded."""

    content: bytes
    time: int
    """When it shows: in frames or in samples, from the beginning of its piece."""
    duration: int
    is_key: bool
    """Whether it can be decoded without what came before."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A frame of a finished piece, decoded again and small."""

    time: int
    """In frames, from the beginning of its piece."""
    width: int
    luma: bytes
    """Row by row."""


@dataclass(frozen=True)
class Packets:
    """Encoded pictures or sound, in the order of decoding, with what was found on the way."""

    packets: tuple[Packet, ...]
    header: bytes = b""
    """What a decoder must know first (`extradata`): the same for all that are to be joined."""
    notes: tuple[str, ...] = ()
    """Sentences for the user."""
    glances: tuple[Glance, ...] = ()
    """What of pictures was looked at."""
    loudness: Loudness | None = None
    """How loud sound is; None when there is next to nothing to hear."""

    def to_bytes(self) -> bytes:
        """Return it as it is kept: a line of JSON, then the packets."""
        index = {
            "header": b64encode(self.header).decode(),
            "notes": self.notes,
            "loudness": None if self.loudness is None else astuple(self.loudness),
            "glances": [(glance.time, glance.width) for glance in self.glances],
            "packets": [(len(p.content), p.time, p.duration, p.is_key) for p in self.packets],
        }
        glances = zlib.compress(b"".join(glance.luma for glance in self.glances))
        contents = (packet.content for packet in self.packets)
        return b"".join([json.dumps(index).encode(), b"\n", *contents, glances])

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        line, _, content = stored.partition(b"\n")
        index = json.loads(line)
        packets, start = [], 0
        for size, *facts in index["packets"]:
            packets.append(Packet(content[start : start + size], *facts))
            start += size
        seen = zlib.decompress(content[start:])
        size = len(seen) // max(1, len(index["glances"]))
        glances = tuple(
            Glance(time, width, seen[number * size : (number + 1) * size])
            for number, (time, width) in enumerate(index["glances"])
        )
        return cls(
            *(tuple(packets), b64decode(index["header"]), tuple(index["notes"]), glances),
            loudness=None if index["loudness"] is None else Loudness(*index["loudness"]),
        )


def packet_of(packet: Any) -> Packet:
    """Take a packet out of the encoder's hands."""
    return Packet(bytes(packet), packet.pts, packet.duration or 0, bool(packet.is_keyframe))
