"""Reasons why a file is left out of the site."""

from __future__ import annotations

from enum import StrEnum


class LeftOut(StrEnum):
    """A setting of MkDocs, or MkDocs itself, which leaves out all whose name begins with a dot.

    What `draft_docs` leaves out a preview shows.
    """

    EXCLUDE_DOCS = "exclude_docs"
    DRAFT_DOCS = "draft_docs"
    DOT = "dot"
