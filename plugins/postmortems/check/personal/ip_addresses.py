"""Public IP addresses: those that lead to somebody, not ranges for networks of one's own or for documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network

from postmortems.check.sensitive import Sensitive

_V4 = re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?!\w|\.\w|-[0-9]{0,3}[A-Za-z])")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{6,39}(?![\w:]|\.\w)")
_LENGTH = re.compile(r"/([0-9]{1,3})(?![\w.])")
_VERSION = re.compile(
    r"(?:\b(?:versions?|releases?|builds?|tag|v|patch|upgraded?|updated?|downgraded?|rollback|rolled back"
    r"|oid|objectidentifier|object identifier)\b(?:[^.;|]|\.[0-9]){0,40}"
    r"|[A-Za-z_][+]?/|[A-Za-z]-|[=~<>^!]=|[~^]|~> ?|#{1,6} {0,3})$",
    re.IGNORECASE,
)
"""Words before a version, a number of a chapter, or the name of an object in a registry."""

_BEFORE = 60
_SMALL = 30
"""Numbers up to this are a version, all four, or the first with a zero in the middle: hardly any address is."""

_GLOBAL_V6 = IPv6Network("2000::/3")
_DOCUMENTATION_V6 = (IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20"))
_WELL_KNOWN = frozenset(
    (
        *("1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "149.112.112.112"),
        *("208.67.222.222", "208.67.220.220", "4.2.2.1", "4.2.2.2", "64.6.64.6", "94.140.14.14", "1.2.3.4"),
        *("2606:4700:4700::1111", "2606:4700:4700::1001", "2001:4860:4860::8888", "2001:4860:4860::8844"),
        *("2620:fe::fe", "2620:fe::9", "2620:119:35::35", "2620:119:53::53"),
    )
)
"""Resolvers that everybody asks, and the address that everybody makes up."""


def ip_addresses(text: str) -> Iterator[Sensitive]:
    """Each public address in the text; a network (`34.0.0.0/8`) belongs to nobody in particular."""
    for found in _V4.finditer(text):
        if _is_somebodys_v4(found.group()) and not _is_version(text, found.start()) and not _network(text, found, 32):
            yield Sensitive(found.start(), found.end(), "a public IP address", found.group().index("."))
    if text.count(":") > 1:
        for found in _V6.finditer(text):
            if _is_somebodys_v6(found.group()) and not _network(text, found, 56):
                yield Sensitive(found.start(), found.end(), "a public IP address", found.group().index(":"))


def _is_somebodys_v4(written: str) -> bool:
    try:
        address = IPv4Address(written)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or written in _WELL_KNOWN:
        return False
    first, second, third, last = address.packed
    is_version = max(address.packed) <= _SMALL or (first <= _SMALL and 0 in (second, third))
    return not is_version and last not in (0, 255)


def _is_somebodys_v6(written: str) -> bool:
    if written.count(":") < 2:
        return False
    try:
        address = IPv6Address(written)
    except ValueError:
        return False
    if address not in _GLOBAL_V6 or not address.is_global or address.compressed in _WELL_KNOWN:
        return False
    return not any(address in network for network in _DOCUMENTATION_V6)


def _is_version(text: str, start: int) -> bool:
    """True if the words before it say that this counts releases or chapters."""
    return _VERSION.search(text[max(0, start - _BEFORE) : start]) is not None


def _network(text: str, found: re.Match[str], longest: int) -> bool:
    """True if a length of less than `longest` bits makes it a network."""
    length = _LENGTH.match(text, found.end())
    return length is not None and int(length.group(1)) < longest
