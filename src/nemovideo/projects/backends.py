"""Where a session lives: the cloud at some URL, or the engine on this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nemovideo.config import LOCAL_POLL_INTERVAL, BackendKind, Settings


@dataclass(frozen=True)
class Backend:
    """The cloud at a URL, or the engine on this machine, which has none."""

    kind: BackendKind
    api_url: str | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Backend:
        """Return the backend where new sessions are made."""
        if settings.backend == "local":
            return cls("local")
        return cls("cloud", settings.api_url)

    @property
    def is_local(self) -> bool:
        """Whether the engine on this machine serves it."""
        return self.kind == "local"

    @property
    def label(self) -> str:
        """How it is called in messages."""
        return "the local engine" if self.is_local else "NemoVideo"


def is_backend_chosen(settings: Settings) -> bool:
    """Return whether the user said where to work, rather than leaving it to the defaults."""
    return settings.backend != "auto" or settings.sources.get("api_url") != "default"


def is_elsewhere(settings: Settings, backend: Backend) -> bool:
    """Return whether a backend is another than the user asks for, by a flag or a setting.

    An API URL that is set, rather than given as a flag, says where the cloud is, not that the
    cloud is meant.
    """
    if settings.backend != "auto" and settings.backend != backend.kind:
        return True
    if backend.is_local or settings.sources.get("api_url", "default") == "default":
        return False
    return backend.api_url != settings.api_url


def wants_local(settings: Settings) -> bool:
    """Return whether the user asks for the engine on this machine, by a flag or a setting."""
    return settings.backend == "local"


def settings_for(settings: Settings, backend: Backend) -> Settings:
    """Return the settings as they are at a backend: its URL, and fast polls on this machine."""
    if backend.is_local:
        is_default = settings.sources.get("poll_interval") == "default"
        interval = LOCAL_POLL_INTERVAL if is_default else settings.poll_interval
        return replace(settings, backend="local", poll_interval=interval)
    return replace(settings, backend="cloud", api_url=backend.api_url or settings.api_url)
