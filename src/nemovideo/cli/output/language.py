"""The language of the interface: the setting ``language``, else the locale's; English otherwise."""

from __future__ import annotations

import os
from typing import TextIO

from nemovideo.cli.output.output import can_encode
from nemovideo.cli.texts import LANGUAGES

_SAMPLES = {"zh": "中文，。"}


def interface_language(*streams: TextIO) -> str:
    """Return the language to speak, one that these streams can write.

    Whatever is wrong with the settings is told elsewhere, in the language of the locale.
    """
    from nemovideo.config import language_of_locale, resolve_settings
    from nemovideo.errors import NemoError
    from nemovideo.projects.setup.project_file import find_project

    try:
        language = resolve_settings(project=find_project()).language
    except NemoError:
        language = os.environ.get("NEMO_LANGUAGE") or language_of_locale(os.environ)
    name = language.lower().replace("_", "-").partition("-")[0]
    sample = _SAMPLES.get(name, "")
    return name if name in LANGUAGES and all(can_encode(s, sample) for s in streams) else "en"
