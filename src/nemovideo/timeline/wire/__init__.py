"""The draft, read and written: the only folder that knows the wire's short keys.

`from_draft` reads any JSON: what is missing or makes no sense is absent, nothing makes it fail.
`to_draft` writes the form of docs/draft.md. What is not known here survives the way there and back.
"""

from nemovideo.timeline.wire._drafts import ENGINE, from_draft, to_draft

__all__ = ["ENGINE", "from_draft", "to_draft"]
