"""Fingerprint of a diagnostic that stays the same when lines move: by its text, never by its line.

A code-quality report uses it to say which findings are new, and a baseline to know the old ones again.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

from postmortems.check.report import Report

_NUMBER = re.compile(r"\d+")


def fingerprints(report: Report) -> tuple[str, ...]:
    """A fingerprint of each diagnostic, in the report's order: 32 hexadecimal digits, no two alike.

    It is made of rule, path, message and the source line's words, without the numbers in the message, which may count
    lines or days. Of diagnostics that are alike in all these, the first in the file is the first.
    """
    met: Counter[str] = Counter()
    lines: dict[tuple[str, int], str] = {}
    found: list[str] = []
    for diagnostic in report.diagnostics:
        # Many findings may share a line, and a line may have a megabyte.
        where = (diagnostic.place.path, diagnostic.place.line)
        if where not in lines:
            lines[where] = _digest(" ".join((report.source_line(*where) or "").split()))
        key = "\0".join((diagnostic.rule, diagnostic.place.path, _NUMBER.sub("0", diagnostic.message), lines[where]))
        met[key] += 1
        found.append(_digest(f"{key}\0{met[key]}"))
    return tuple(found)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
