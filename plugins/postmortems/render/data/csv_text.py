"""Records as CSV by RFC 4180: UTF-8 without a mark, lines that end with CR LF, names in the first.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula, whatever the file says
(https://owasp.org/www-community/attacks/CSV_Injection). Before such a text is an apostrophe, and before a text that
begins with an apostrophe another one: so what was written is what follows the first apostrophe, and nothing is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from postmortems.text.controls import visible_controls

_GUARDED = frozenset("=+-@\t\r\n'＝＋－＠")
_BETWEEN = "; "


def csv_text(names: Iterable[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Records with values of these names in this order, a line each.

    An unknown value is an empty cell. A list is joined by `; `; of an object in it the id is there, with its role
    where it has one: `database-issues:trigger`.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(
        [
            guarded(value) if type(value) is str else value if value is None else _cell(value)
            for value in record.values()
        ]
        for record in records
    )
    return out.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula, with signs in place of controls, as on pages."""
    if not text.isprintable():
        text = visible_controls(text)
    return f"'{text}" if text[:1] in _GUARDED else text


def _cell(value: Any) -> object:
    """Convert a value that is no text for the writer; numbers it writes as we want them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(_BETWEEN.join(map(_listed, value))) if isinstance(value, list) else value


def _listed(item: str | Mapping[str, str | None]) -> str:
    if isinstance(item, str):
        return item
    return f"{item['id']}:{role}" if (role := item.get("role")) else str(item["id"])
