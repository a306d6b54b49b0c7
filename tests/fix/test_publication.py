"""What publishing changes in a file: two keys, and no other byte."""

from __future__ import annotations

from datetime import date

import pytest

from postmortems.fix.document import Document
from postmortems.fix.publication import PublicationError, published
from postmortems.settings import Settings

DAY = date(2026, 11, 29)


def after(text: str) -> str:
    document = Document("postmortems/2026/01-a/postmortem.md", text.encode("utf-8"), Settings())
    return published(document, DAY).decode("utf-8")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            "---\ntitle: A # ours\nstatus: in-review # soon\npatterns: []\n---\n\nText.\n",
            "---\ntitle: A # ours\nstatus: published # soon\npatterns: []\npublished_on: 2026-11-29\n---\n\nText.\n",
            id="a key that is not there comes last",
        ),
        pytest.param(
            "---\nstatus: 'draft'\n# The day.\n# published_on: 2026-02-06\ntitle: A\n---\n",
            "---\nstatus: 'published'\n# The day.\npublished_on: 2026-11-29\ntitle: A\n---\n",
            id="the template's comment gives way",
        ),
        pytest.param(
            '---\npublished_on: unknown\nstatus: "draft"\n---\n',
            '---\npublished_on: 2026-11-29\nstatus: "published"\n---\n',
            id="unknown",
        ),
        pytest.param(
            "---\nstatus:\npublished_on:  # later\n---\n",
            "---\nstatus: published\npublished_on: 2026-11-29  # later\n---\n",
            id="keys without a value",
        ),
        pytest.param(
            "---\ntitle: A\n---\n", "---\ntitle: A\nstatus: published\npublished_on: 2026-11-29\n---\n", id="neither"
        ),
        pytest.param(
            "\ufeff---\r\nstatus: draft\r\n---\r\nx",
            "\ufeff---\r\nstatus: published\r\npublished_on: 2026-11-29\r\n---\r\nx",
            id="line ends and byte order mark",
        ),
        pytest.param(
            "---\n  title: A\n  status: draft\n---\n",
            "---\n  title: A\n  status: published\n  published_on: 2026-11-29\n---\n",
            id="indented",
        ),
        pytest.param(
            "---\nx-text: |\n  # published_on: 1\nstatus: draft\n---\nstatus: draft\n",
            None,
            id="a comment that is text of a value",
        ),
        pytest.param("---\n{title: A, status: draft}\n---\n", None, id="in braces"),
        pytest.param("---\nstatus: &s draft\n---\n", None, id="behind an anchor"),
        pytest.param("---\nstatus: [draft]\n---\n", None, id="a list"),
        pytest.param("---\nstatus: draft\nstatus: draft\n---\n", None, id="twice"),
        pytest.param("---\ntitle: a: b\n---\n", None, id="broken"),
        pytest.param("# A\n", None, id="no front matter"),
    ],
)
def test_two_keys_change(before: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(PublicationError):
            after(before)
    else:
        assert after(before) == expected
        assert after(expected) == expected
