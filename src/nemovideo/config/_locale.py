"""The language that the machine is set to."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping


def language_of_locale(environ: Mapping[str, str]) -> str:
    """Return the language of the locale as an ISO code: ``zh_CN.UTF-8`` is ``zh-CN``."""
    names = [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "")
    name = name or _language_of_windows()
    base = name.partition(".")[0].partition("@")[0]
    language, _, region = base.replace("-", "_").partition("_")
    if not language.isalpha() or len(language) not in (2, 3) or base in ("C", "POSIX"):
        return "en"
    return (
        f"{language.lower()}-{region}" if language.lower() == "zh" and region else language.lower()
    )


def _language_of_windows() -> str:
    """Return the language of the system's own windows, as in ``zh_CN``; empty elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
