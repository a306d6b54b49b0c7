"""Signs that a text may hold a secret or personal data: quick, and rather too many than too few.

Maintainers: every file is searched for these, while most hold none. So each search begins with something that is rare
in prose and that C looks for: a fixed run of bytes, or a regular expression that begins with one. Letters and
digits are first made equal, so that every key which is a long run of them is found by one search. What each detector
needs is proved in `tests/check/test_secrets.py`; one that is added there needs its sign here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SOLID = bytes(ord("x") if chr(byte).isalnum() and byte < 128 else byte for byte in range(256))
_RUN = b"x" * 20
_END_OF_RUN = re.compile(rb"x+")
_BEFORE = 64
"""Maximum distance before its long run at which a key begins: Slack's tokens and addresses have short parts first."""

_IN_A_RUN = re.compile(
    rb"A(?:KIA|SIA|BIA|CCA|3T)|gh[opusr]_|github_pat_|[rs]k_live_|eyJ|T3BlbkFJ|xox[abopsr]-|xapp-|hooks\.slack"
    rb"|AC[a-z0-9]{32}|SK[a-z0-9]{32}|-us[0-9]|npm_|pypi-Ag"
)
_TOKENS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"PRIVATE KEY",
        rb"PuTTY-User-Key-File",
        rb"://[^\s/@]{3,300}@",
        rb":\\/\\/",
        rb"gl(?:pat|dt|ft|soat|rt|cbt|imt|ptt|agent|oas)-[\w-]{20}",
        rb"GR1348941",
        rb"AIza[\w-]{35}",
        rb"q0csp-",
        rb'"(?![0-9a-f]{40}")[0-9A-Za-z/+]{40}"',
        rb"'(?![0-9a-f]{40}')[0-9A-Za-z/+]{40}'",
        rb"\.(?:[\w-]{6}\.[\w-]{27}|[\w-]{22}\.[\w-]{43})",
        rb":[\w-]{35}(?<=[0-9]{8}:[\w-]{35})",
    )
)
_NAMED = tuple(
    re.compile(name + rb"""["'\]]{0,2}[ \t]{0,3}[:=][=>]?[ \t]{0,3}["'`]?[^\s"'`]{8}""")
    for name in (rb"pass(?:word|wd|phrase)", rb"pwd", rb"key", rb"token", rb"secret")
)
"""A name that a value follows, in lower case; what can be part of the name is in `detectors.NamedSecret`."""

_CREDENTIALS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"bearer[ \t]{1,3}\S{20}",
        rb"authorization[\"']?[ \t]{0,3}[:=]",
        rb"sig(?:nature)?=\S{8}",
        rb"jwt=\S{8}",
        rb"auth=\S{8}",
        rb"sess[a-z0-9_]{0,40}=\S{12}",
        rb"cookie[\"']?[ \t]{0,3}[:=]",
        rb"connect\.sid=",
        rb"__(?:secure|host)-",
        rb"\.aspnetcore\.",
        rb"wordpress_logged_in_",
    )
)
"""Words of what lets a request in, in lower case."""

_HEX = rb"[0-9A-Fa-f]{1,4}"
_PERSONAL = tuple(
    re.compile(pattern)
    for pattern in (
        rb"@[\w\x80-\xff]",
        rb"\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
        rb":(?::|" + rb":".join([_HEX] * 4) + rb":)",
        rb"\+\(?[0-9]",
    )
)
_SHAPES = bytes(
    ord("0") if chr(byte).isdigit() and byte < 128 else ord("A") if chr(byte).isupper() and byte < 128 else byte
    for byte in range(256)
)
_ACCOUNTS = tuple(map(re.compile, (rb"AA00(?:[ -]|\xc2\xa0)?[A0]{2}", rb"0000[ -]?0000(?:00)?[ -]?0000")))
"""Patterns for a bank account and a payment card, once digits and capitals have been made equal."""
_NATIONAL = re.compile(rb"\(0?[0-9]{2,4}\) ?[0-9]|\b(?:0[0-9]{1,4}[ /-]|[0-9]{3}[-. ][0-9]{3}[-. ])[0-9]{3}")


def token_signs(data: bytes) -> Iterator[int]:
    """Yield the places in `data` (UTF-8) that look like a secret, in no order, each on the secret's line."""
    solid = data.translate(_SOLID)
    start = solid.find(_RUN)
    while start >= 0:
        run = _END_OF_RUN.match(solid, start)
        assert run is not None
        if _IN_A_RUN.search(data, max(0, start - _BEFORE), run.end() + len("-us00")):
            yield start
        start = solid.find(_RUN, run.end())
    for pattern in _TOKENS:
        for found in pattern.finditer(data):
            yield found.start()
    lower = data.lower()
    for pattern in (*_NAMED, *_CREDENTIALS):
        for found in pattern.finditer(lower):
            yield found.start()


def personal_signs(data: bytes) -> Iterator[int]:
    """Yield the places in `data` (UTF-8) that look like an address or a number of a telephone, an account or a card."""
    for pattern in _PERSONAL:
        for found in pattern.finditer(data):
            yield found.start()
    shapes = data.translate(_SHAPES)
    for pattern in _ACCOUNTS:
        for found in pattern.finditer(shapes):
            yield found.start()


def national_number_signs(data: bytes) -> Iterator[int]:
    """Yield the places in `data` (UTF-8) that look like a telephone number without its country."""
    for found in _NATIONAL.finditer(data):
        yield found.start()
