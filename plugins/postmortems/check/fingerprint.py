"""What tells a diagnostic from all others when lines move: by its text, never by its line.

A code-quality report uses it to say which findings are new, and a baseline to know the old ones again.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic

_NUMBER = re.compile(r"\d+")


def fingerprints(report: Report) -> tuple[str, ...]:
    """A fingerprint of each diagnostic, in the report's order: 32 hexadecimal digits, no two alike.

    It is made of rule, path, message and the source line's words, without the numbers in the message, which may count
    lines or days. Of diagnostics that are alike in all these, the first in the file is the first.
    """
    met: Counter[str] = Counter()
    found: list[str] = []
    for one in report.diagnostics:
        key = _key(one, report)
        met[key] += 1
        found.append(sha256(f"{key}\0{met[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return tuple(found)


def _key(one: Diagnostic, report: Report) -> str:
    line = report.source_line(one.place.path, one.place.line) or ""
    return "\0".join((one.rule, one.place.path, _NUMBER.sub("0", one.message), " ".join(line.split())))
