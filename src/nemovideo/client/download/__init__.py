"""Finished videos to disk: taken up where they broke off, checked, moved."""

from nemovideo.client.download.downloader import Downloader, DownloadResult, OnBytes

__all__ = ["DownloadResult", "Downloader", "OnBytes"]
