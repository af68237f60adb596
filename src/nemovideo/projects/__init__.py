"""What a user is doing, across processes: sessions, uploads, turns, exports, conversions.

A `Workspace` opens a `Session`; what is done in it is a call that returns a frozen result, and what
happens meanwhile goes to the workspace's reporter. Nothing here prints.
"""
