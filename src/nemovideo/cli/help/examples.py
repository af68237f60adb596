"""What stands at the end of a command's help: examples, and the names that its options take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nemovideo.projects.choices import TRANSITION_ALIASES
from nemovideo.timeline.names import ASPECTS, MOODS, MUSIC_STYLES, NO_TRANSITION, TRANSITIONS

EXAMPLES: Mapping[str, Sequence[str]] = {
    "convert": (
        "nemo convert photos/ --local --duration 30 --out trip.mp4",
        'nemo convert *.jpg song.mp3 --title "Lisbon" --aspect 9:16 --transition fadeblack',
        'nemo convert clips/ --prompt "a calm minute, the best moments first" --strict',
        "find . -name '*.jpg' | nemo convert - --order date --dry-run",
    ),
    "chat": (
        "nemo chat",
        'nemo chat "make it vertical and remove the music"',
        'nemo chat "add photos from ../more" --json',
    ),
    "batch": (
        "nemo batch jobs.toml --jobs 4",
        "nemo batch albums/ --local --dry-run",
    ),
    "upload": (
        "nemo upload photos/ --recursive",
        "nemo upload https://example.com/beach.jpg",
    ),
    "export": (
        "nemo export --out trip.mov --quality medium",
        "nemo export --local --out trip.mp4",
    ),
}


def sections_of(command: str) -> list[tuple[str, list[str]]]:
    """Return the sections that follow a command's options: titles and lines."""
    sections = []
    if command == "convert":
        shorter = [f"{alias} for {name}" for alias, name in TRANSITION_ALIASES.items()]
        sections += [
            (
                "Transitions",
                [f"{', '.join((*TRANSITIONS, NO_TRANSITION))}; for short {', '.join(shorter)}."],
            ),
            (
                "Music",
                [
                    f"{', '.join(MUSIC_STYLES)}, all of them composed; {', '.join(MOODS)}, "
                    "finished tracks with nemovideo[music]; an audio file; any, one of your songs "
                    "(music_dir); or none; in the cloud in any words, too."
                ],
            ),
            ("Shapes", [f"{', '.join(ASPECTS)}."]),
        ]
    if command in EXAMPLES:
        sections.append(("Examples", list(EXAMPLES[command])))
    return sections
