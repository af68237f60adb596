"""One page on a finished film: what it looks like, how it sounds, what was checked."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from nemovideo.errors import NemoError, RenderError
from nemovideo.projects.exports.beside import save_beside
from nemovideo.projects.exports.render import ExportResult

ENDINGS = (".html", ".htm")
_FRAMES, _FRAME_HEIGHT = 12, 150
_STRIP = (960, 120)
"""Width and height of the strip of the sound, in its own units."""
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  background: #fbfbfa; color: #1d1d1b }
h1 { font-size: 1.4rem; overflow-wrap: anywhere } h2 { font-size: 1.1rem; margin-top: 2rem }
.sheet { display: flex; flex-wrap: wrap; gap: .5rem }
figure { margin: 0 } figcaption { font-size: .8rem; color: #666 }
img { height: 150px; display: block; border-radius: 3px }
svg { width: 100%; height: 120px; background: #fff; border: 1px solid #ddd; border-radius: 3px }
table { border-collapse: collapse } td, th { text-align: left; padding: .25rem 1.5rem .25rem 0 }
.bad { color: #a40000; font-weight: 600 }
@media (prefers-color-scheme: dark) { body { background: #1b1b1a; color: #eee }
  svg { background: #242423; border-color: #444 } figcaption { color: #aaa }
  .bad { color: #ff8f8f } }
"""


def save_report(film: Path, report: Path, export: ExportResult) -> None:
    """Write the page on a finished film and what was said of it; it needs nothing from elsewhere.

    Raises:
        RenderError: The film can't be read.
        OutputNotWritableError: The page can't be written.
    """
    page = _page(film, export).encode()
    save_beside("--report", report, lambda file: file.write(page))


def _page(film: Path, export: ExportResult) -> str:
    title, render_id = escape(film.name), escape(export.render_id)
    made = f"{export.size_bytes / 1e6:.1f} MB, made in {export.elapsed_s:.0f} s"
    notes = "".join(f"<li>{escape(note)}</li>" for note in export.notes)
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{_STYLE}</style>
<h1>{title}</h1>
<p>{made}; render {render_id}.</p>
<h2>Pictures</h2>
<div class="sheet">{"".join(_figures(film))}</div>
<h2>Sound</h2>
{_strip(film)}
<h2>Checks</h2>
{_table(export.checks)}
{f"<h2>Notes</h2><ul>{notes}</ul>" if notes else ""}
</html>
"""


def _figures(film: Path) -> list[str]:
    import av

    found = []
    try:
        with av.open(str(film)) as container:
            video = container.streams.video[0]
            length = container.duration or 0
            for number in range(_FRAMES):
                wanted = length * (2 * number + 1) // (2 * _FRAMES)
                container.seek(wanted)
                frame: Any = None
                for frame in container.decode(video):
                    if (frame.time or 0) * av.time_base >= wanted:
                        break
                if frame is None:
                    continue
                width = round(frame.width * _FRAME_HEIGHT / frame.height)
                picture = io.BytesIO()
                frame.to_image().resize((width, _FRAME_HEIGHT)).save(picture, "JPEG", quality=80)
                data = base64.b64encode(picture.getvalue()).decode()
                at = _clock(float(frame.time or 0))
                found.append(
                    f'<figure><img alt="{at}" src="data:image/jpeg;base64,{data}">'
                    f"<figcaption>{at}</figcaption></figure>"
                )
    except (av.FFmpegError, OSError, IndexError) as exc:
        raise RenderError(f"{film} can't be read for its report") from exc
    return found


def _strip(film: Path) -> str:
    """Return the sound's peaks as a picture."""
    import numpy as np

    from nemovideo.render.clip.sound import SAMPLE_RATE, read_audio

    hop = SAMPLE_RATE // 50
    peaks: list[float] = []
    try:
        for block in read_audio(film):
            level = np.abs(block).max(axis=1)
            peaks += [float(level[at : at + hop].max()) for at in range(0, len(level), hop)]
    except NemoError:
        peaks = []
    if not peaks:
        return "<p>There is none.</p>"
    width, height = _STRIP
    columns = np.array_split(np.array(peaks), min(width // 2, len(peaks)))
    step = width / len(columns)
    bars = "".join(
        f"M{number * step:.1f} {height / 2 - reach:.1f}V{height / 2 + reach:.1f}"
        for number, column in enumerate(columns)
        for reach in [min(float(column.max()), 1) * height / 2]
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" '
        f'aria-label="How loud the film is, from its start to its end">'
        f'<path d="{bars}" stroke="#3b7ddd" stroke-width="{step * 0.8:.2f}"/></svg>'
    )


def _table(checks: Sequence[dict[str, Any]]) -> str:
    if not checks:
        return "<p>Whoever made the film did not say what was checked.</p>"
    rows = []
    for check in checks:
        is_ok = bool(check.get("ok"))
        verdict = "<td>as it should be</td>" if is_ok else '<td class="bad">off</td>'
        name, value = escape(str(check.get("name"))), escape(_shown(check.get("value")))
        rows.append(f"<tr><th>{name}</th><td>{value}</td>{verdict}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(f"{start}–{end} s" for start, end in value) or "none"
    return f"{value:g}" if isinstance(value, float) else f"{value:,}"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
