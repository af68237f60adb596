"""What the program says elsewhere, as it is said in a conversation: no command of a shell. Pure."""

from __future__ import annotations

import re

_ADVICE = {
    "Check the connection and run the command again, or work on this machine: add --local.": (
        "Check the connection and try again, or leave and begin anew on this machine, with --local."
    ),
    "Choose another --out, or pass --force to replace it.": "Name another file: /export FILE.",
    "Choose another --out, or mend the folder's permissions.": (
        "Name another file, or mend the folder's permissions."
    ),
    "Free some space or choose another --out; `nemo export --resume` goes on.": (
        "Free some space or name another file; /resume goes on."
    ),
    "Say more precisely what you want with --prompt, or go on with `nemo chat`.": (
        "Say more precisely what you want."
    ),
    "`nemo clean` removes those of old sessions.": "Leave to clean up those of old sessions.",
    "Free some space there, or name another place: --out, NEMO_DATA_DIR, TMPDIR.": (
        "Free some space there, or name another place: NEMO_DATA_DIR, TMPDIR."
    ),
    "Name another place: --out, NEMO_DATA_DIR, NEMO_CONFIG_DIR.": (
        "Name another place: NEMO_DATA_DIR, NEMO_CONFIG_DIR."
    ),
    "Mend the permissions, or name another place: --out, NEMO_DATA_DIR.": (
        "Mend the permissions, or name another place: NEMO_DATA_DIR."
    ),
    "Nothing was changed. nemo edit --list shows examples.": "Nothing was changed.",
    "`nemo status` shows the timeline, `nemo edit --list` what can be changed.": (
        "`nemo status` shows the timeline."
    ),
    "Choose another --out; `nemo export --resume` goes on.": "Name another file; /resume goes on.",
    "Choose another --out.": "Name another file: /export FILE.",
    "Set a valid NEMO_TOKEN or run `nemo auth login`; "
    "without either, nemo gets an anonymous token by itself.": (
        "Leave and set a valid NEMO_TOKEN, or remove it: nemo gets an anonymous token by itself."
    ),
    "Wait a few minutes and run the command again.": "Wait a few minutes and say it again.",
    "--out - would write the video to the terminal": "- would write the video to the terminal",
}
"""Whole sentences that mean something else here."""
_TWINS = (
    (r"nemo export --session \S+ --local", "/export --local"),
    (r"nemo export --resume", "/resume"),
    (r"nemo export (?:--out|-o)", "/export"),
    (r"(?<!-)--out (?=\S)", "/export "),
    (r"nemo session new", "/new"),
    (r"nemo config set (\w+) (\w+)", r"\1 = \2"),
    (r"nemo (?:session|renders) list", "/sessions"),
    (r"nemo session use", "/use"),
    (r"nemo chat (?=[\"“])", ""),
    (r"nemo (status|storyboard|undo|redo|export|resume|credits|open|upload|doctor)\b", r"/\1"),
)
_CODE = tuple((re.compile(pattern), twin) for pattern, twin in _TWINS)


def advice_here(text: str) -> str:
    """Return a sentence, in English, as it is meant within a conversation."""
    return _ADVICE.get(text, text)


def commands_here(text: str) -> str:
    """Return a text of any language with the conversation's commands for those of a shell."""
    for pattern, twin in _CODE:
        text = pattern.sub(twin, text)
    return text
