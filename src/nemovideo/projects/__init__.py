"""What a user is doing, across processes: sessions, uploads, turns, exports, conversions.

Every function here takes a `Workspace` and returns a frozen result; what happens meanwhile goes to
a `Reporter`. Nothing here prints.
"""
