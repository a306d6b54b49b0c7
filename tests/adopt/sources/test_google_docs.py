"""Documents of Google Docs as Markdown. All of them are made up."""

from __future__ import annotations

from postmortems.adopt.pictures import without_pictures
from postmortems.adopt.record import Record
from postmortems.adopt.sources import google_docs
from tests.adopt.exported import given, known, left_out

DOCUMENT = """\
# **Post-Mortem: Checkout Outage**

**Date:** 2026-03-02

**Severity:** SEV2

## **Timeline (UTC)** {#timeline}

| Time | Event |
| :---- | :---- |
| 14:21 | Alert fires \\[graph\\] ![][image1] |
| 14:39 | Pool raised |

## **Action Items** {#action-items}

| Action | Owner | Due | Status |
| :---- | :---- | :---- | :---- |
| Alert at 80 % | Core | Mar 20, 2026 | In progress |

[image1]: <data:image/png;base64,iVBORw0KGgo=>
"""


def test_a_document_with_a_picture() -> None:
    one = given({"Checkout Outage.md": DOCUMENT, "old.docx": b"PK\x03\x04", "notes.txt": "x"})
    assert google_docs.recognises(one)
    found = list(google_docs.read(one))
    (record,) = [each for each in found if isinstance(each, Record)]
    assert known(record)["title"] == "Checkout Outage"
    assert (known(record)["date"], known(record)["severity"], record.body) == ("2026-03-02", "SEV2", None)
    assert (record.events.count, record.actions.count, record.actions.owned) == (2, 1, 1)
    assert left_out(found) == {
        "old.docx": "a document of Word, which is not read: choose File, Download, Markdown (.md)",
    }
    text, pictures = without_pictures(DOCUMENT.encode())
    assert pictures == {"artifacts/image1.png": b"\x89PNG\r\n\x1a\n"}
    assert b"[image1]: <artifacts/image1.png>" in text


def test_other_markdown_is_not_of_google() -> None:
    assert not google_docs.recognises(given({"a.md": "# Slow\n\n## Timeline\n"}))
    assert not google_docs.recognises(given({"a.md": DOCUMENT, "b.md": "# B", "c.md": "# C"}))
    assert not google_docs.recognises(given({"a.json": {}}))
