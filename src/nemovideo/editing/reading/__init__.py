"""Words as edits: tokens become items, items clauses, and a clause fills one frame."""
