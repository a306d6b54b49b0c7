"""Moments and days of the front matter in one form: `2026-03-02T14:20:00Z` or with an offset, and `2026-03-02`.

Only the form changes. A time without a zone stays as it is, and so does one with a zone's name, save UTC and GMT:
which offset is meant nobody can be sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.fix.scalar import scalar_edit
from postmortems.model.front_matter import MOMENTS, FrontMatter

_DAYS = ("date", "published_on")
# With the year first, the month comes next all over the world.
_DAY = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<date>\d{1,2})", re.ASCII)
_MOMENT = re.compile(
    rf"(?P<day>{_DAY.pattern})(?:[Tt]|[ \t]{{1,3}})(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"[ \t]{0,3}(?:(?P<utc>[Zz]|UTC|GMT|utc|gmt)|(?P<ahead>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?)",
    re.ASCII,
)


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each moment or day that is written otherwise; what no reader understood so far answers a finding."""
    if document.is_pattern:
        return
    for key in (*MOMENTS, *_DAYS):
        written = document.front.values.get(key)
        if not isinstance(written, str):
            continue
        new = _canonical_day(written) if key in _DAYS else _canonical_moment(written)
        before, after = _read(key, written), _read(key, new) if new else None
        if new is None or new == written or after is None or before not in (None, after):
            continue
        place = document.front.document.places[(key,)]
        if edit := scalar_edit(document, place, written, new):
            yield Proposal(edit, () if before else (ResolvedFinding("invalid-value", place),), is_form=bool(before))


def _canonical_day(written: str) -> str | None:
    found = _DAY.fullmatch(written)
    return f"{found['year']}-{found['month']:0>2}-{found['date']:0>2}" if found else None


def _canonical_moment(written: str) -> str | None:
    found = _MOMENT.fullmatch(written)
    if found is None:
        return None
    zone = "Z" if found["utc"] else f"{found['ahead']}{found['hours']}:{found['minutes'] or '00'}"
    zone = "Z" if zone in ("+00:00", "-00:00") else zone
    return f"{_canonical_day(found['day'])}T{found['hour']:0>2}:{found['minute']}:{found['second'] or '00'}{zone}"


def _read(key: str, value: str) -> object:
    """The moment or day that the front matter reads in `value`; None where it reads none."""
    try:
        return getattr(FrontMatter.model_validate({key: value}), key)
    except ValidationError:
        return None


FIX = Fix(
    name="moments",
    does="Writes moments as `2026-03-02T14:20:00Z` or with `+01:00`, and days as `2026-03-02`.",
    propose=propose,
    rules=("invalid-value",),
    is_form=True,
)
