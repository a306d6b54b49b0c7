"""Words of questions and texts: how they are told apart, which count for nothing, and which mean the same.

The search page asks with the same words (`render/pages/search_page.py` hands them to its script), so that the terminal
and the browser answer alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import snowballstemmer

_STOP = """
a about after all also am an and any anyone anything are as at be because been before being but by can could couldn did
do does doesn doing don else every everyone everything for from get gets getting go goes going got had has hasn have
having help here how i if in into is isn it its just keep keeps like ll me my no not now of off on once or our out
over please re s same see seen she should since so some somebody something still such t than that the their them then
there these they this those to too until up upon us ve very was wasn we were weren what when where which while who why
will with won would wrong you your
again always anywhere back ever never only
affected broke broken cause caused causes down fail failed failing fails failure happen happened happens incident
incidents issue issues outage outages postmortem problem problems went
"""
STOP_WORDS = frozenset(_STOP.split())
"""Words without content. A question of nothing else is asked with all its words."""

_SAME = (
    ("database", "db"),
    ("postgres", "postgresql", "pg", "psql"),
    ("kubernetes", "k8s"),
    ("certificate", "cert", "tls", "ssl"),
    ("expired", "expiry", "renewal"),
    ("configuration", "config", "settings"),
    ("environment", "env"),
    ("authentication", "auth", "login", "authenticate", "signin"),
    ("credentials", "password", "secret", "token"),
    ("deployment", "deploy", "rollout", "release"),
    ("rollback", "revert"),
    ("replica", "replication", "secondary", "standby"),
    ("primary", "master", "leader"),
    ("lag", "delay"),
    ("latency", "slow", "timeout"),
    ("memory", "oom", "oomkilled"),
    ("disk", "filesystem", "storage"),
    ("crash", "crashloop", "panic"),
    ("delete", "deletion", "rm", "wipe"),
    ("load balancer", "lb", "elb", "nlb"),
    ("blue screen", "bsod"),
    ("identifier", "id", "xid"),
    ("transaction id", "xid"),
    ("production", "prod"),
    ("backup", "restore"),
    ("supplier", "vendor", "provider", "third party"),
    ("alert", "page", "paging", "pager"),
    ("overload", "overwhelmed", "saturated"),
    ("exhausted", "full", "exceeded"),
    ("data centre", "datacenter", "data center"),
    ("e-mail", "email", "mail"),
    ("message", "event"),
    ("regex", "regexp", "regular expression"),
)

_MEANS = (("space left", "disk full"), ("many connections", "connection pool exhaustion"))
"""Phrases of error messages and what they mean; nobody who asks for that asks for their words."""

SAME_MEANING = 0.5
"""Weight of a word that means the same as the one that was asked for."""

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-.][^\W_]++)++")
_CLIPPED = re.compile(r"['’](?:d|ll|m|re|s|t|ve)\b")
"""The end of a word that is clipped, such as `won't`."""

_PART = re.compile(r"[^\W_]+")
_ASCII_PARTS = bytes(sign if sign > 127 or chr(sign).isalnum() else ord(" ") for sign in range(256))
_JOINT = re.compile(r"[-.][^\W_]")
_MARK = re.compile("[\u0300-\u036f]")


def parts(text: str) -> list[str]:
    """The words of a text in small letters, without accents, a name with hyphens in its parts."""
    return _parts(_plain(text))


def words(text: str) -> Iterator[str]:
    """The words of a question; one with hyphens or dots as one, without them: `us-east-1` is `useast1`."""
    yield from map(_as_one, _WORD.findall(_plain(text)))


def forms(text: str) -> list[str]:
    """The words of a text as it is indexed: each part, and names with hyphens or dots as a whole, too."""
    plain = _plain(text)
    pieces = _parts(plain)
    if _JOINT.search(plain) and (compounds := _COMPOUND.findall(plain)):
        single = set(pieces)
        pieces += [word for word in map(_as_one, compounds) if word not in single]
    return pieces


@cache
def stem(word: str) -> str:
    """The stem that the forms of an English word share: `exhausted`, `exhaustion` → `exhaust`."""
    return str(_stemmer().stemWord(word))


@cache
def same_as_written() -> Mapping[str, tuple[str, ...]]:
    """The words and phrases that mean the same as a word or a phrase."""
    found: dict[str, dict[str, None]] = {phrase: {meaning: None} for phrase, meaning in _MEANS}
    for group in _SAME:
        for name in group:
            found.setdefault(" ".join(parts(name)), {}).update(dict.fromkeys(other for other in group if other != name))
    return {name: tuple(others) for name, others in found.items()}


@cache
def same_meaning() -> Mapping[str, tuple[str, ...]]:
    """The same, by the stems of the words."""
    return {" ".join(map(stem, name.split())): others for name, others in same_as_written().items()}


def _parts(plain: str) -> list[str]:
    # Most texts are ASCII, where this takes a fourth of the time.
    return plain.encode().translate(_ASCII_PARTS).decode().split() if plain.isascii() else _PART.findall(plain)


def _as_one(word: str) -> str:
    return word.replace("-", "").replace(".", "")


def _plain(text: str) -> str:
    text = text.casefold()
    if "'" in text or "’" in text:
        text = _CLIPPED.sub("", text)
    return text if text.isascii() else _MARK.sub("", unicodedata.normalize("NFKD", text))


@cache
def _stemmer() -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer("english")
