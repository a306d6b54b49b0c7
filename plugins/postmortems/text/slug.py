"""Names as parts of URLs, which is also how names are compared: two spellings with one slug are one name.

Services, owners, root causes and triggers are all compared by `slug`; folders and anchors take `plain_slug`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

_MAX_BYTES = 120
"""A slug becomes a file's name, which no file system allows to be longer than 255 bytes."""

_SIGNS = {"+": "plus", "#": "sharp", "&": "and", "＋": "plus", "＃": "sharp", "♯": "sharp", "＆": "and"}
"""Signs that tell names apart ("C", "C++", "C#"), with their full-width forms."""

_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")


def composed(text: str) -> str:
    """`text` in Unicode's composed form (NFC), so that names which look the same are the same."""
    return unicodedata.normalize("NFC", text)


@lru_cache(100_000)
def slug(name: str) -> str:
    """`name` as it is compared and addressed: its letters and digits of any script, in lower case, joined by `-`.

    Two names have the same slug if they differ in nothing but case, Unicode form, blanks and punctuation. `--` comes
    only before what is no word of the name: a sign (`c--plus--plus`), the code points of a name without letters
    (`name--1f680`), or the digest of a name that is too long. So the slug of a name depends on that name alone, and
    equals no other name's.
    """
    folded = _folded(name)
    made = ""
    in_word = False
    for character in folded:
        category = unicodedata.category(character)[0]
        if category in "LN" or (category == "M" and in_word):
            made += character if in_word or not made else f"-{character}"
            in_word = True
        else:
            in_word = False
            if sign := _SIGNS.get(character):
                made += f"--{sign}"
    if not made:
        points = "-".join(f"{ord(character):x}" for character in folded if not character.isspace())
        return _shortened(f"name--{points or '0'}")
    # The address of the folder's own page is taken.
    return "index--page" if made == "index" else _shortened(made)


def plain_slug(text: str) -> str:
    """The words of `text` as the name of a folder: lower case, letters and digits of any script, joined by `-`."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _shortened(re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed")


class Spellings(NamedTuple):
    """The spellings of one name: the most frequent, of several equally frequent the first; and all, sorted."""

    usual: str
    all: tuple[str, ...]


def spellings_by_slug(names: Iterable[str]) -> Mapping[str, Spellings]:
    """The spellings of all names, each as often among `names` as it is written, by their slug."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counted[slug(name)][name] += 1
    return {key: Spellings(found.most_common(1)[0][0], tuple(sorted(found))) for key, found in counted.items()}


def _folded(name: str) -> str:
    """`name` without case, in composed form, and without characters that nobody sees."""
    folded = composed(composed(name).casefold())
    seen = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    return _VARIATION_SELECTORS.sub("", seen)


def _shortened(made: str) -> str:
    data = made.encode(errors="replace")
    if len(data) <= _MAX_BYTES:
        return made
    digest = sha256(data).hexdigest()[:12]
    return f"{data[: _MAX_BYTES - len(digest) - 2].decode(errors='ignore').rstrip('-')}--{digest}"
