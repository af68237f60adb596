"""Paint the six example photos: python -m examples.make_photos [--scale 0.5] [NAME ...]."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from examples.painting.lab import bloom, develop, save
from examples.painting.scenery import Picture
from examples.painting.trip_days import cloud_pass, dunes, sunrise_bay
from examples.painting.trip_nights import lighthouse, misty_forest, starry_camp

PHOTOS = Path(__file__).parent / "photos"

OVERSAMPLING = 1.5
"""How much larger than the photo a scene is painted, so that edges come out smooth."""


@dataclass(frozen=True)
class Photo:
    """One photo of the trip."""

    name: str
    paint: Callable[[int, int], Picture]
    size: tuple[int, int]
    exposure: float = 0.8
    bloom: float = 0.08
    is_turned: bool = False
    """Whether the file holds it lying on its side, with an EXIF note."""


TRIP = (
    Photo("01-sunrise-bay", sunrise_bay, (2160, 1440), exposure=0.75, bloom=0.10),
    Photo("02-misty-forest", misty_forest, (1440, 2160), exposure=0.64, bloom=0.06, is_turned=True),
    Photo("03-cloud-pass", cloud_pass, (3000, 1000), exposure=0.62),
    Photo("04-dunes", dunes, (2080, 1560), exposure=0.72),
    Photo("05-lighthouse", lighthouse, (2000, 2000), exposure=0.85, bloom=0.12),
    Photo("06-starry-camp", starry_camp, (2240, 1260), exposure=1.1, bloom=0.10),
)


def make(photo: Photo, folder: Path, scale: float) -> Path:
    """Paint one photo and write it below a folder."""
    width, height = (round(edge * scale / 2) * 2 for edge in photo.size)
    scene = photo.paint(round(width * OVERSAMPLING), round(height * OVERSAMPLING))
    seed = sum(photo.name.encode())
    image = develop(bloom(scene, photo.bloom), (width, height), exposure=photo.exposure, seed=seed)
    path = folder / f"{photo.name}.jpg"
    save(image, path, turned=photo.is_turned)
    return path


def main() -> None:
    """Paint the photos that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of names; all if none")
    parser.add_argument("--scale", type=float, default=1.0, help="smaller, for a quick look")
    parser.add_argument("--out", type=Path, default=PHOTOS, help="the folder")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for photo in TRIP:
        if not arguments.names or photo.name.startswith(tuple(arguments.names)):
            path = make(photo, arguments.out, arguments.scale)
            print(f"{path} {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
