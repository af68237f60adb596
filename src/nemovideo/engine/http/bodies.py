"""Request bodies: read with a limit, parsed, checked; what is wrong is said in one line."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NoReturn, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import Request

from nemovideo.engine._refusals import BodyTooLargeError, RequestError
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.outputs import MIN_MAX_BYTES, Encoder, Format, Quality
from nemovideo.protocol.wrong_values import in_words

MAX_BODY_BYTES = 16 * 1024 * 1024
MAX_MESSAGE_LENGTH = 20_000

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Body(BaseModel):
    """The base: keys that it doesn't know are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class CreateSessionBody(Body):
    """What starts a session."""

    task_name: str = Field(default="project", min_length=1, max_length=200)
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$")


class MessagePart(Body):
    """A part of a message; only text is of use here."""

    text: str | None = None


class Message(Body):
    """What the user says."""

    parts: list[MessagePart] = Field(min_length=1)


class RunBody(Body):
    """What starts a turn."""

    app_name: Literal["nemo_agent"] = "nemo_agent"
    session_id: str
    new_message: Message
    strict: bool = False
    """Whether nothing is changed when a part of the message is not understood."""

    @property
    def text(self) -> str:
        """The message's text.

        Raises:
            RequestError: There is none, or far too much.
        """
        text = "\n".join(part.text for part in self.new_message.parts if part.text).strip()
        if not text:
            raise RequestError("the message has no text")
        if len(text) > MAX_MESSAGE_LENGTH:
            raise RequestError(f"the message is longer than {MAX_MESSAGE_LENGTH} characters")
        return text


class LocalFile(Body):
    """A file of this machine."""

    path: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class FilesBody(Body):
    """Files to fetch, or files of this machine to take in."""

    urls: list[str] | None = Field(default=None, min_length=1, max_length=100)
    paths: list[LocalFile] | None = Field(default=None, min_length=1, max_length=1000)
    source_type: Literal["url", "path"] = "url"

    @model_validator(mode="after")
    def _names_files(self) -> Self:
        if (self.paths if self.source_type == "path" else self.urls) is None:
            raise ValueError(f"{self.source_type}s are missing")
        return self


class RenderOutput(Body):
    """What the file is to be."""

    format: Format = "mp4"
    quality: Quality = "high"
    max_bytes: int | None = Field(default=None, ge=MIN_MAX_BYTES)
    encoder: Encoder = "x264"


class RenderBody(Body):
    """What starts a render."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$")
    session_id: str = Field(alias="sessionId")
    draft: JsonObject
    output: RenderOutput = RenderOutput()


class ClaimBody(Body):
    """Which session to open in a browser."""

    task_id: str
    session_id: str


BodyT = TypeVar("BodyT", bound=Body)


async def read_body(request: Request, model: type[BodyT]) -> BodyT:
    """Read a JSON body.

    Raises:
        BodyTooLargeError: It is beyond all reason.
        RequestError: It is no JSON, or not what `model` says; the message names the field.
    """
    document = _parse(await _read_bytes(request))
    try:
        return model.model_validate(document)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        words = in_words(first)
        raise RequestError(f"{where}: {words}" if where else words) from exc


async def _read_bytes(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLargeError(f"the body is larger than {MAX_BODY_BYTES} bytes")
    return bytes(body)


def _parse(body: bytes) -> Any:
    try:
        document = json.loads(body, parse_constant=_refuse_constant)
        if _SURROGATE.search(body):
            # A lone surrogate is no text: it can't be stored or sent on.
            json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as exc:
        raise RequestError("the body is no JSON") from exc
    if not isinstance(document, dict):
        raise RequestError("the body is no JSON object")
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
