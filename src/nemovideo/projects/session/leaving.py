"""The first time that files leave for a cloud: said once for each data folder."""

from __future__ import annotations

from nemovideo.projects.session.session import Session

MARKER = "told-where-files-go"


def tell_where_files_go(session: Session) -> None:
    """Say, before the first files leave this machine, where they go and how to keep them here.

    What nobody hears, as under ``--quiet``, is said the next time.
    """
    if session.is_local or not session.workspace.is_heard:
        return
    folder = session.workspace.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch(exist_ok=False)
    except FileExistsError:
        return
    session.reporter.notice(
        f"Your photos and clips are sent to {session.backend.api_url}. "
        "To keep them on this machine: add --local, or for good: nemo config set backend local"
    )
