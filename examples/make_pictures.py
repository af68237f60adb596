"""Makes the pictures of the README from a real run: frames of the video and the terminal.

Run it from the repository's folder with the extras ``local`` and ``dev`` installed:

    python examples/make_pictures.py
"""

from __future__ import annotations

import os
import pty
import select
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import av
import pyte
from PIL import Image
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
COLUMNS, ROWS = 92, 40
COMMAND = (
    'nemo convert examples/photos --local --duration 30 --title "Paradise Found" --out trip.mp4'
)
MOMENTS_S = (1.5, 7.0, 12.5, 17.0, 22.0, 28.0)
FRAME_WIDTH = 640


def main() -> None:
    """Run the README's command in a terminal of our own and keep what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "trip.mp4"
        screen = run_in_terminal(COMMAND.replace("trip.mp4", str(out)), Path(folder))
        save_terminal(screen, str(out))
        save_frames(out)


def run_in_terminal(command: str, folder: Path) -> pyte.Screen:
    """Run a command under a pseudo-terminal; return the screen at its end."""
    args = [sys.executable, "-m", "nemovideo", *shlex.split(command)[1:]]
    env = {
        **os.environ,
        "NEMO_CONFIG_DIR": str(folder / "config"),
        "NEMO_DATA_DIR": str(folder / "data"),
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
    }
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(args, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    while True:
        ready, _, _ = select.select([ours], [], [], 0.1)
        if ready:
            try:
                stream.feed(os.read(ours, 65536).replace(b"\n", b"\r\n"))
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(ours)
    if process.wait():
        raise SystemExit(f"{command} failed:\n" + "\n".join(screen.display))
    return screen


def save_terminal(screen: pyte.Screen, out: str) -> None:
    """Draw a screen as SVG."""
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    console.print(Text.assemble(("$ ", "bold green"), COMMAND))
    for row in range(screen.cursor.y):
        line = Text()
        for column in range(COLUMNS):
            cell = screen.buffer[row][column]
            line.append(cell.data, Style(color=colour(cell.fg), bold=cell.bold))
        line.rstrip()
        if out in line.plain:
            line = Text(line.plain.replace(out, "trip.mp4"))
        console.print(line)
    console.save_svg(str(PICTURES / "terminal.svg"), title="nemo")


def colour(name: str) -> Color | None:
    """Return Rich's colour for pyte's."""
    if name == "default":
        return None
    names = {"brown": "yellow"}
    try:
        return Color.parse(names.get(name, name))
    except ValueError:
        return Color.parse(f"#{name}")


def save_frames(video: Path) -> None:
    """Put six frames side by side."""
    frames = []
    with av.open(str(video)) as container:
        moments = list(MOMENTS_S)
        for frame in container.decode(video=0):
            if moments and frame.time >= moments[0]:
                moments.pop(0)
                frames.append(frame.to_image())  # type: ignore[no-untyped-call]
    height = FRAME_WIDTH * frames[0].height // frames[0].width
    gap = 6
    sheet = Image.new("RGB", (3 * FRAME_WIDTH + 2 * gap, 2 * height + gap), "white")
    for index, frame in enumerate(frames):
        place = (index % 3 * (FRAME_WIDTH + gap), index // 3 * (height + gap))
        sheet.paste(frame.resize((FRAME_WIDTH, height), Image.Resampling.LANCZOS), place)
    sheet.save(PICTURES / "example.jpg", quality=85)


if __name__ == "__main__":
    main()
