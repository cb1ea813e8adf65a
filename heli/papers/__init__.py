"""Files that belong to a row: taken in, made harmless, sealed on the disk, shown to whom their class allows.

Knows a subject by kind, number and region only, never a household: the room that owns the subject registers how to
find its page and its chain (`papers.subjects`), and shows the papers by views of its own.
"""
