"""Whatever a document holds: the text below the new front matter is the author's, and reading it raises nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.adopt.links import Places
from postmortems.adopt.new_postmortem import new_postmortem
from postmortems.adopt.plan import make_plan
from postmortems.adopt.record import Record
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings
from postmortems.text.slug import composed

LINES = st.sampled_from(
    [
        "# Outage: a day",
        "# Post-mortem: ünïcode 日本語 (May 6, 2023)",
        "## Timeline (UTC)",
        "- 2023-05-06 10:00 - Alert fired",
        "* **10:05 UTC** – mitigated",
        "| Time | Event |",
        "|---|---|",
        "| 10:00 | x |",
        "**Severity:** High: very",
        'Services: `a`, "b", #c',
        "- **Detected**: 2023-05-06 10:00 +02:00",
        "## Action items",
        "- [ ] [web] Mend it #12",
        "[a](b.md) ![c](d e.png) <img src='e.png'>",
        "[x]: <data:image/png;base64,AAAA====>",
        "```",
        "---",
        "...",
        "title: x",
        "key: [1, 2",
        "# check: x",
        "\t\u2028 \x0b\x85",
        "",
    ]
) | st.text(max_size=40)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.lists(LINES, max_size=20), ENDS, st.booleans(), st.booleans())
@settings(max_examples=150)
def test_the_text_below_the_front_matter_is_the_authors(lines: list[str], end: str, mark: bool, last: bool) -> None:
    text = end.join(lines) + (end if last else "")
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode("utf-8", "surrogatepass")
    given_files = Given({"outages/2023-05-06.md": data}, Settings())
    plan = make_plan(folder.read(given_files))
    if not plan.records:
        return
    (record,) = plan.records
    assert isinstance(record, Record)
    places = Places("/kb/docs", {}, lambda _: False, lambda _: None)
    made = new_postmortem(record, data, "/old/outages/2023-05-06.md", "/kb/docs/postmortems", places)
    after = made.files[made.path]
    body = data.removeprefix(b"\xef\xbb\xbf")
    old = body
    if body.startswith(b"---"):  # old front matter is rewritten; what stands below it is not
        old = b"" if body.endswith((b"---", b"...")) else body[-1:]
    assert after.endswith(old)
    assert made == new_postmortem(record, data, "/old/outages/2023-05-06.md", "/kb/docs/postmortems", places)
    read = read_postmortem("postmortems/a/postmortem.md", after, Settings())
    assert read.front_matter.title == composed(record.text("title").strip()) or not record.text("title").strip()
