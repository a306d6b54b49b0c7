"""A name as a part of a URL, which is also what makes two spellings one service."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """`name` in lower case, its letters and digits of any script joined by `-`; never empty.

    Two services whose names have one slug are one service.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed"
