"""PM102 to PM105, PM201 and PM501: what counts as text, as a sample, as a repetition, as a level, as none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
LESSON = "A pool is a queue, and a queue wants an alert on its length."
ROW = "| 14:32 | Connection pool found exhausted | Pool enlarged |"
TEMPLATE = """\
---
title: "[Service] outage"
services: [sample-service]
owner: "[Owning team]"
# [A comment]
---

## Executive Summary

<!-- Guidance with a [bracket in a comment]. -->

[Two or three sentences]

- [ ] a box, [x] another, a [link](https://example.com), a [reference][1]

```
[in code]
```

## Timeline

| Time (UTC) | Event | Actions Taken |
|---|---|---|
| 14:25 | Investigation started | Checking logs |
| [14:32] | [Root cause identified] | |

## Action Items

- [ ] [Owner] Fix X to prevent recurrence (kind: prevent)
"""


def said(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, int, str]]:
    return [(one.rule, one.place.line, one.place.column, one.message) for one in found]


def table(*rows: str) -> str:
    return "\n".join(["| Time (UTC) | Event | Action |", "|---|---|---|", *rows])


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("<!-- soon -->", True, id="a comment"),
        pytest.param("<!-- one --> <!-- two -->", True, id="two comments"),
        pytest.param("---", True, id="a rule"),
        pytest.param("- [ ]", True, id="an empty box"),
        pytest.param("| A | B |\n|---|---|", True, id="a header alone"),
        pytest.param("| A | B |\n|---|---|\n|  |  |", True, id="an empty row"),
        pytest.param("<div>\n</div>", True, id="an empty element"),
        pytest.param("- <!-- soon -->", True, id="a comment in a list"),
        pytest.param("None: nothing was learned that was not known.", False, id="none, with a reason"),
        pytest.param("A word.", False, id="a word"),
        pytest.param("- A word.", False, id="a bullet"),
        pytest.param("> A word.", False, id="a quote"),
        pytest.param("```\nA word.\n```", False, id="code"),
        pytest.param("![graph](https://example.com/graph.png)", False, id="an image"),
        pytest.param("| A | B |\n|---|---|\n| a |  |", False, id="a row"),
        pytest.param("### Of one's own\n\nA word.", False, id="text below a subsection"),
        pytest.param("### Of one's own", True, id="a subsection without text"),
    ],
)
def test_what_counts_as_text(text: str, is_empty: bool, check: Check) -> None:
    found = [one for one in said(check((LESSON, text))) if one[0] == "empty-section"]
    assert found == ([("empty-section", 82, 1, 'section "Lessons Learned" is empty')] if is_empty else [])


def test_a_section_with_empty_subsections_is_empty_itself(check: Check) -> None:
    found = check(("- Response times rose from 80 ms to 8 s.\n", ""), ("- 4,200 searches were not answered.\n", ""))
    assert [one.message for one in found] == [
        f'section "{name}" is empty' for name in ("Impact Assessment", "Technical Impact", "Business Impact")
    ]


def test_an_event_in_a_heading_is_text(check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("| Time (UTC)"), filled_template.index("## Root Cause")
    text = filled_template[:begin] + "### 14:23 UTC - Alert on response time\n\n" + filled_template[end:]
    assert check(files={PATH: text}, only="empty-section") == ()


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param(("[api-team] Return", "[Owner] Return"), [(76, 7, '"[Owner]" is template text')], id="an owner"),
        pytest.param(
            ("Return a connection after every timeout", "Fix X to prevent recurrence"),
            [
                (
                    76,
                    1,
                    '"- [ ] [api-team] Fix X to prevent recurrence (kind: prevent, due: 2024-03-01)" is template text',
                )
            ],
            id="a sample item with an owner",
        ),
        pytest.param(
            (ROW, "| 14:25 | Investigation started | Checking logs |"),
            [(33, 1, '"| 14:25 | Investigation started | Checking logs |" is template text')],
            id="a sample row",
        ),
        pytest.param(
            (ROW, "|14:25|Investigation started|Checking logs|"),
            [(33, 1, '"|14:25|Investigation started|Checking logs|" is template text')],
            id="a sample row, written closer",
        ),
        pytest.param((ROW, "| 14:26 | Investigation started | Checking logs |"), [], id="a row with its own time"),
        pytest.param(
            (ROW, "| 14:32 | [Root cause identified] | |"),
            [(33, 11, '"[Root cause identified]" is template text')],
            id="a bracket in a row",
        ),
        pytest.param(
            (LESSON, "We say [Two or three sentences] here."),
            [(84, 8, '"[Two or three sentences]" is template text')],
            id="a bracket in a sentence",
        ),
        pytest.param(
            ("API outage - the connection pool ran dry", '"[Service] outage"'),
            [(2, 8, '"[Service]" is template text')],
            id="in the title",
        ),
        pytest.param(
            (LESSON, "The limit was [to be found out]."),
            [(84, 15, '"[to be found out]" is not an answer')],
            id="what is still to be asked",
        ),
        pytest.param((LESSON, "Pool [sic] sizes [of our own]."), [], id="other brackets"),
        pytest.param((LESSON, "The `[Owner]` of a pool."), [], id="in inline code"),
        pytest.param(
            (LESSON, "```\n[Owner]\n- [ ] [Owner] Fix X to prevent recurrence\n```"), [], id="in a code block"
        ),
        pytest.param((LESSON, "A lesson.\n\n<!-- [Owner] -->"), [], id="in a comment"),
        pytest.param((LESSON, "The [Owner](https://example.com) of a pool."), [], id="a link"),
        pytest.param(
            (LESSON, "The [Owner] of a pool.\n\n[owner]: https://example.com"), [], id="a link defined elsewhere"
        ),
        pytest.param((LESSON, "- [ ] a box, [x] another, a [reference][1]\n\n[1]: https://e.com"), [], id="boxes"),
        pytest.param((LESSON, "[bracket in a comment] [in code] [A comment] [sample-service]"), [], id="no samples"),
        pytest.param(("services: [api]", "services: [sample-service]"), [], id="a list is no bracketed text"),
    ],
)
def test_leftovers_of_the_repositorys_template(
    replaced: tuple[str, str], expected: list[tuple[int, int, str]], check: Check
) -> None:
    found = check(replaced, files={"templates/postmortem-template.md": TEMPLATE})
    assert said(found) == [("leftover-template-text", *one) for one in expected]


def test_without_a_template_of_its_own_the_packaged_one_counts(check: Check) -> None:
    replaced = (LESSON, "[Key insights and knowledge gained from incident]")
    assert [one.rule for one in check(replaced)] == ["leftover-template-text"]
    assert check(replaced, files={"templates/postmortem-template.md": "# Ours\n"}) == ()


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param(
            (LESSON, f"{LESSON}\n\n## Timeline\n\n16:30 - Again"),
            [("repeated-section", 86, 1, 'section "Timeline" is repeated; the first is on line 27')],
            id="the same heading",
        ),
        pytest.param(
            (LESSON, f"{LESSON}\n\n## TL;DR\n\nIt broke."),
            [("repeated-section", 86, 1, 'section "TL;DR" is also "Executive Summary"; the first is on line 20')],
            id="another heading for a whole section",
        ),
        pytest.param(
            ("### Areas for Improvement", "### Where we got lucky\n\n- It was noon.\n\n### Areas for Improvement"),
            [],
            id="another heading for a part of a section",
        ),
        pytest.param(
            ("### Areas for Improvement", "### What went well:\n\n- It was noon.\n\n### Areas for Improvement"),
            [("repeated-section", 64, 1, 'section "What went well:" is repeated; the first is on line 60')],
            id="a part in another spelling",
        ),
        pytest.param((LESSON, f"{LESSON}\n\n## Five whys\n\n1. Why?"), [], id="causes under another heading"),
        pytest.param(
            ("### Primary Cause", "### Root cause\n\nIt leaked.\n\n### Primary Cause"),
            [],
            id="inside the section itself",
        ),
        pytest.param((LESSON, f"{LESSON}\n\n## Notes\n\nA.\n\n## Notes\n\nB."), [], id="headings of one's own"),
    ],
)
def test_repeated_sections(replaced: tuple[str, str], expected: list[tuple[str, int, int, str]], check: Check) -> None:
    assert said(check(replaced, only="repeated-section")) == expected


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        pytest.param("It began after lunch.", True, id="prose"),
        pytest.param(table("| unknown | Alert | |", "| - | End | |"), True, id="only unknown times"),
        pytest.param(table("| ~14:23 | Alert | |"), False, id="an approximate time"),
        pytest.param("- **14:23 UTC** - Alert", False, id="a bullet"),
        pytest.param("None: the logs of that night are lost.", False, id="none, with a reason"),
        pytest.param("**None:** the logs of that night are lost.", False, id="none in bold"),
        pytest.param("None", True, id="none without a reason"),
        pytest.param("None:", True, id="none with an empty reason"),
        pytest.param("None of the times: they are lost.", True, id="none in a sentence"),
    ],
)
def test_empty_timelines(text: str, is_empty: bool, check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("| Time (UTC)"), filled_template.index("## Root Cause")
    found = check(files={PATH: f"{filled_template[:begin]}{text}\n\n{filled_template[end:]}"}, only="empty-timeline")
    message = 'section "Timeline" has no event with a known time'
    assert said(found) == ([("empty-timeline", 27, 1, message)] if is_empty else [])


def test_a_timeline_json_supplies_the_events(check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("| Time (UTC)"), filled_template.index("## Root Cause")
    files = {PATH: f"{filled_template[:begin]}The events stand in timeline.json.\n\n{filled_template[end:]}"}
    beside = PATH.replace("postmortem.md", "timeline.json")
    events = '[{"at": "2024-02-06T14:23:00Z", "event": "Alert"}]'
    assert check(files=files | {beside: events}, only="empty-timeline") == ()
    assert [(one.rule, one.place.path) for one in check(files=files | {beside: "[}"})] == [
        ("invalid-timeline-json", beside)
    ]


@pytest.mark.parametrize("kind", ["incident", "near-miss", "drill"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("We will think about it.", ["no-action-items"], id="prose"),
        pytest.param("None: the service was switched off.", [], id="none, with a reason"),
        pytest.param("- [ ] [api] Return the connection (due: 2024-03-01)", [], id="an item"),
        pytest.param("", ["empty-section", "no-action-items"], id="nothing"),
    ],
)
def test_action_items(kind: str, text: str, found: list[str], check: Check, filled_template: str) -> None:
    begin, end = filled_template.index("### Immediate"), filled_template.index("## Lessons")
    postmortem = f"{filled_template[:begin]}{text}\n\n{filled_template[end:]}".replace(
        "severity: SEV2", f"severity: SEV2\nkind: {kind}"
    )
    assert [one.rule for one in check(files={PATH: postmortem})] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## A\n\n### B\n\n#### C\n\n## D\n", [], id="a level at a time, and back"),
        pytest.param("# A\n\n## B\n", [], id="with a title of its own"),
        pytest.param("## A\n\n### B\n\n## C\n\n#### D\n", [("D", 4, 2, "write ### instead of ####", 12)], id="after a step back"),
        pytest.param("## A\n\n#### B\n\n#### C\n", [("B", 4, 2, "write ### instead of ####", 8)], id="once for a row"),
        pytest.param("### A\n\n### B\n", [("A", 3, 1, "write ## instead of ###", 6)], id="the first below the page's title"),
        pytest.param("# A\n\n###### B\n", [("B", 6, 1, "write ## instead of ######", 8)], id="five at once"),
        pytest.param("## A\n\n```\n#### B\n```\n\n> #### C\n\n<!--\n#### D\n-->\n", [], id="in code, a quote, a comment"),
    ],
)  # fmt: skip
def test_skipped_levels(text: str, expected: list[tuple[str, int, int, str, int]], check: Check) -> None:
    page = f"---\ntitle: Database issues\nfamily: database\n---\n\n{text}"
    found = check(files={"patterns/database-issues.md": page}, only="skipped-heading-level")
    assert [(one.message, one.help, one.place.line, one.level.value) for one in found] == [
        (f'"{title}" is a level {level} heading directly under a level {above} heading', advice, line, "info")
        for title, level, above, advice, line in expected
    ]
