from __future__ import annotations

import pytest

from nemovideo.protocol.media_types import accepted, kind_of, mime_type_of, sniff_kind

FTYP = b"\0\0\0\x20ftyp"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JPG", "image"),
        ("a.b.jpeg", "image"),
        ("clip.mov", "video"),
        ("song.m4a", "audio"),
        ("notes.txt", None),
        ("jpg", None),
        (".jpg", None),
        ("IMG_1.HEIC", "image"),
        ("a.dng", None),
    ],
)
def test_kind_by_name(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(b"\xff\xd8\xff\xe0", "image", id="jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "image", id="png"),
        pytest.param(b"GIF89a", "image", id="gif"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "image", id="webp"),
        pytest.param(b"RIFF\0\0\0\0AVI LIST", "video", id="avi"),
        pytest.param(b"RIFF\0\0\0\0WAVEfmt ", "audio", id="wav"),
        pytest.param(b"\0\0\0\x18ftypisom", "video", id="mp4"),
        pytest.param(b"\0\0\0\x14ftypqt  ", "video", id="mov"),
        pytest.param(b"\0\0\0\x08wide\0\0\0\0mdat", "video", id="old-mov"),
        pytest.param(b"\0\0\0\x1cftypM4A ", "audio", id="m4a"),
        pytest.param(FTYP + b"heic\0\0\0\0mif1heicmiaf", "image", id="heic"),
        pytest.param(FTYP + b"heix\0\0\0\0mif1heix", "image", id="heic-10-bit"),
        pytest.param(FTYP + b"mif1\0\0\0\0mif1heic", "image", id="heif"),
        pytest.param(FTYP + b"msf1\0\0\0\0msf1hevciso8", "video", id="heif-sequence"),
        pytest.param(FTYP + b"hevc\0\0\0\0msf1hevc", "video", id="heic-sequence"),
        pytest.param(FTYP + b"hevc\0\0\0\0msf1hevcmif1heic", "image", id="sequence-with-a-still"),
        pytest.param(
            b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc\0\0\1\0meta", "image", id="sequence-with-meta"
        ),
        pytest.param(FTYP + b"avif\0\0\0\0mif1avif", "image", id="avif"),
        pytest.param(FTYP + b"avis\0\0\0\0avifavismsf1iso8", "image", id="avif-sequence"),
        pytest.param(FTYP + b"MiHE\0\0\0\0mif1heic", "image", id="heic-under-a-makers-brand"),
        pytest.param(FTYP + b"isom\0\0\0\0isommp42mif1", "video", id="mp4-that-names-mif1"),
        pytest.param(FTYP + b"mp42\0\0\0\0isommp42", "video", id="mp42"),
        pytest.param(FTYP + b"qt  \0\0\0\0qt  ", "video", id="quicktime"),
        pytest.param(FTYP + b"XAVC\0\0\0\0XAVCmp42iso2", "video", id="sony-clip"),
        pytest.param(FTYP + b"crx \0\0\0\1crx isom", None, id="canon-raw"),
        pytest.param(b"II*\0\x08\0\0\0", None, id="tiff"),
        pytest.param(b"\x1a\x45\xdf\xa3", "video", id="matroska"),
        pytest.param(b"ID3\x04\0", "audio", id="mp3-with-tags"),
        pytest.param(b"\xff\xfb\x90\x64", "audio", id="mp3"),
        pytest.param(b"\xff\xf1\x50\x80", "audio", id="aac"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"<!doctype html>", None, id="web-page"),
        pytest.param(b"%PDF-1.7", None, id="pdf"),
    ],
)
def test_kind_by_content(head: bytes, kind: str | None) -> None:
    assert sniff_kind(head) == kind


def test_mime_type_of_what_is_unknown() -> None:
    assert mime_type_of("a.png") == "image/png"
    assert mime_type_of("a.xyz") == "application/octet-stream"


def test_accepted_formats_stand_by_kind() -> None:
    assert accepted("audio") == "mp3 wav m4a aac"
    assert accepted("video", "audio") == "mp4 mov avi webm mkv, mp3 wav m4a aac"
