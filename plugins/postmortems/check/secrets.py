"""Secrets in a text: keys, tokens and passwords that somebody could use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from postmortems.check.placeholders import is_placeholder
from postmortems.check.sensitive import Sensitive, outermost
from postmortems.model.excerpt import chunks
from postmortems.text.prefilter import token_signs

if TYPE_CHECKING:
    from postmortems.check.detectors import Detector

PRIVATE_KEY = "the beginning of a private key"

_SEEN = 4
_DASHES = re.compile(r"-{4} ?$")
_END_OF_KEY = re.compile(r"-{4,5} ?END ")
_AROUND = "-\"'`|> \\nr"
_LEAST_OF_KEY, _LONGEST_KEY = 16, 10_000
_HOST = re.compile(r"@([^\s/?#:@\"'`<>()]{1,255})")
_NO_HOSTS = ("example.com", "example.org", "example.net", ".example", ".test", ".invalid")


@lru_cache(maxsize=4096)
def find_secrets(text: str) -> tuple[Sensitive, ...]:
    """The secrets in one line, or in a message that may quote one; without a sign of any, no detector is loaded."""
    if next(token_signs(text.encode("utf-8", "replace")), None) is None:
        return ()
    from postmortems.check.detectors import DETECTORS

    found = list(_private_keys(text))
    for detector in DETECTORS:
        for offset, piece in [(0, text)] if detector.on_line else chunks(text):
            found += [span.at(offset) for span in _with(detector, piece)]
    return outermost(found)


def _with(detector: Detector, text: str) -> Iterator[Sensitive]:
    for start, end in detector.values(text):
        value = text[start:end]
        if not is_placeholder(value) and not _is_for_show(text, end):
            # Of a short one, less is shown: four of eight characters would be half of a password.
            yield Sensitive(start, end, detector.what, min(_SEEN, (end - start) // 4))


def _is_for_show(text: str, end: int) -> bool:
    """True if a password precedes a host that never exists."""
    host = _HOST.match(text, end)
    return host is not None and host.group(1).rstrip(".,;").casefold().endswith(_NO_HOSTS)


def _private_keys(text: str) -> Iterator[Sensitive]:
    """The first line of a private key, and what follows on the same line up to its last, as in JSON."""
    from postmortems.check.detectors import PRIVATE_KEYS

    patterns = (pattern for plugin in PRIVATE_KEYS for pattern in plugin.denylist)
    for header in (header for pattern in patterns for header in pattern.finditer(text)):
        start, begin = header.span()
        is_begun = _DASHES.search(text[max(0, start - 6) : start]) or text[begin : begin + 1] == ":"
        if not is_begun:
            continue  # somebody speaks of such a line
        last = _END_OF_KEY.search(text, begin, begin + _LONGEST_KEY)
        end = last.start() if last else min(len(text), begin + _LONGEST_KEY)
        if len(text[begin:end].strip(_AROUND)) < _LEAST_OF_KEY:
            end = begin
        yield Sensitive(start, end, PRIVATE_KEY, begin - start)
