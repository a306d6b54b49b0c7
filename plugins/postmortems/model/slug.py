"""A name as a part of a URL, which is also what makes two spellings one service."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_LONGEST = 120
"""The most bytes of a slug: it becomes a file's name, of which no file system takes more than 255."""


def slug(name: str) -> str:
    """`name` in lower case, its letters and digits of any script joined by `-`; never empty, and never `index`.

    Two services whose names have one slug are one service. Of a very long name the end is told by a checksum.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    found = re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed"
    if found == "index":  # the page of the folder itself
        return "the-index"
    data = found.encode()
    if len(data) <= _LONGEST:
        return found
    return f"{data[: _LONGEST - 9].decode(errors='ignore')}-{sha256(data).hexdigest()[:8]}"
