"""The file that an import writes: front matter that reads back, above the author's text to the byte."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import NoRecord, Record, stated
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.adopt.written_file import written_file
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings


def written(data: bytes, path: str = "outages/a.md") -> bytes:
    (one,) = folder.read(Given({path: data}, Settings()))
    assert isinstance(one, Record)
    return written_file(one, data, f"folder:{path}")


def test_the_whole_file() -> None:
    data = (
        b"---\ntitle: Slow\nlayout: post\nseverity: High\ndescription: One day\n---\n# Slow: a day, May 6, 2023\n\n"
        b"- **Detected:** 2023-05-06 10:00 UTC\n\n## Summary\n\nIt  was slow. \n"
    )
    assert written(data).decode() == (
        "---\n"
        "title: Slow\n"
        "# check: nothing says that it was published\n"
        "status: draft\n"
        '# check: line 4: "High"\n'
        "severity: SEV2\n"
        "# check: no service is named\n"
        "services: []\n"
        "started_at: unknown\n"
        "detected_at: 2023-05-06T10:00Z\n"
        "mitigated_at: unknown\n"
        "resolved_at: unknown\n"
        "date: 2023-05-06\n"
        "root_cause: unknown\n"
        "patterns: []\n"
        "x-layout: post\n"
        "x-severity: High\n"
        "description: One day\n"
        "x-source: folder:outages/a.md\n"
        "---\n\n"
        "# Slow: a day, May 6, 2023\n\n- **Detected:** 2023-05-06 10:00 UTC\n\n## Summary\n\nIt  was slow. \n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("template: post.html", "x-template: post.html"),
        ("icon: material/alert", "icon: material/alert"),
        ("icon: fire", "x-icon: fire"),
        ("hide: [toc]", "hide:\n- toc"),
        ("hide: true", "x-hide: true"),
        ("hide: [toc, sidebar]", "x-hide:\n- toc\n- sidebar"),
        ("image: [a.png]", "x-image:\n- a.png"),
        ("search: {exclude: true}", "search:\n  exclude: true"),
        ("layout: post", "x-layout: post"),
    ],
)
def test_a_key_of_another_generator_is_kept_where_no_theme_reads_it(old: str, new: str) -> None:
    made = written(f"---\n{old}\n---\n# An outage\n".encode()).decode()
    assert f"\n{new}\nx-source:" in made


@pytest.mark.parametrize(
    "body",
    [
        "# Slow\n\nWords.",
        "\n\n# Slow\n",
        "# Slow\r\n\r\nWords.\r\n",
        "# Slow\rWords.\r",
        "# Grün und \u2028 weiter\n",
        "# Slow\n\n---\n\ntitle: no front matter\n\n---\n",
        "# Slow # 42: a `colon` \"and\" 'quotes'\n",
        "# [Slow], {all} *day* & \\[night\\]\n",
        "# - yes\n",
        "# null\n",
        "# 2023-05-06 10:00 alarm: ünïcode 日本語\n",
    ],
)
def test_the_text_stays_to_the_byte_and_the_title_reads_back(body: str) -> None:
    data = body.encode()
    made = written(data)
    assert made.endswith(data)
    assert made == written(b"\xef\xbb\xbf" + data)
    (one,) = folder.read(Given({"outages/a.md": data}, Settings()))
    assert isinstance(one, Record)
    read = read_postmortem("postmortems/a/postmortem.md", made, Settings())
    assert read.front_matter.title == one.text("title")
    assert [
        one.rule for one in read.problems if one.rule in ("invalid-yaml", "comment-in-value", "unknown-field")
    ] == []


def test_line_ends_of_the_file_are_those_of_its_new_front_matter() -> None:
    made = written(b"# Slow\r\n\r\nWords.\r\n")
    assert made.count(b"\n") == made.count(b"\r\n")


def test_an_origin_cannot_leave_its_comment() -> None:
    made = written("# Slow\n\n**Severity:** High \x85title: x\n".encode())
    assert read_postmortem("postmortems/a/postmortem.md", made, Settings()).front_matter.title == "Slow"


def test_a_record_that_is_no_document_has_a_body_of_its_own() -> None:
    one = Record("a.json", {"title": stated("Slow: a day", "a.json")}, body="## Timeline\n\n--- \n")
    assert written_file(one, b"{}", "pagerduty:P1").decode() == (
        "---\ntitle: 'Slow: a day'\n# check: no severity is stated\nseverity: unknown\n"
        "# check: no service is named\nservices: []\nstarted_at: unknown\ndetected_at: unknown\nmitigated_at: unknown\n"
        "resolved_at: unknown\nroot_cause: unknown\npatterns: []\nx-source: pagerduty:P1\n---\n\n## Timeline\n\n--- \n"
    )


def test_toml_between_plus_signs_is_front_matter_too() -> None:
    data = (
        b'+++\ntitle = "Search down: a day"\ndate = 2024-05-03\nseverity = "SEV2"\n\n[extra]\nauthor = "Ada"\n+++\n\n'
        b"## Summary\n\nSearch was down in this incident.\n"
    )
    text = written(data).decode()
    assert text.splitlines()[1:4] == [
        "title: 'Search down: a day'",
        "# check: nothing says that it was published",
        "status: draft",
    ]
    assert "severity: SEV2\n" in text
    assert "x-extra:\n  author: Ada\n" in text
    assert text.endswith("\n---\n\n## Summary\n\nSearch was down in this incident.\n")


def test_toml_that_cannot_be_read_is_named_with_its_line() -> None:
    (left_out,) = folder.read(Given({"a.md": b'+++\ntitle = "x"\nseverity = High\n+++\n\n# An incident\n'}, Settings()))
    assert left_out == NoRecord("a.md", "line 3: the front matter is not TOML: Invalid value", is_unreadable=True)


def test_plus_signs_that_nothing_closes_are_text() -> None:
    assert written(b"+++\n# Outage of search, 2024-05-03\n").endswith(b"---\n\n+++\n# Outage of search, 2024-05-03\n")
