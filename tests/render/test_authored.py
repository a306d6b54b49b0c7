"""The authored text with its timeline and action items drawn: what Python-Markdown makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from postmortems.analyse.actions import action_counts, dated_actions
from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState, Horizon
from postmortems.model.front_matter import FrontMatter
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.model.timeline import Event, Phase, Timeline
from postmortems.read.body import read_body
from postmortems.render.authored.authored_blocks import AuthoredBlocks
from postmortems.render.authored.authored_source import authored_source, with_marks, without_signs
from postmortems.render.authored.generated_blocks import DrawnParts, drawn_parts, insert_blocks
from postmortems.settings import Settings

TODAY = date(2024, 6, 1)
EXTENSIONS = ["toc", "tables", "attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.highlight"]
MATTER = FrontMatter.model_validate(
    {
        "started_at": "2024-02-06T14:00:00Z",
        "detected_at": "2024-02-06T14:10:00Z",
        "mitigated_at": "2024-02-06T15:00:00Z",
        "resolved_at": "2024-02-06T15:00:00Z",
        "status": "published",
        "published_on": "2024-02-06",
    }
)


def event(at: str | None, text: str = "Something happens", **more: object) -> Event:
    """An entry at `HH:MM` of the incident's day, or at `DDTHH:MM` of another day of the month."""
    day, _, clock = at.rpartition("T") if at else ("", "", "")
    moment = datetime.strptime(f"2024-02-{day or '06'} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC) if at else None
    return replace(Event(Place.at("x.md"), text, moment), **more)  # type: ignore[arg-type]


def item(text: str = "Do it", line: int = 1, state: ActionState = ActionState.OPEN, **more: object) -> ActionItem:
    return replace(ActionItem(Place.at("x.md", line), text, state, line, line), **more)  # type: ignore[arg-type]


def postmortem(text: str, timeline: Timeline | None = None, actions: ActionList | None = None) -> Postmortem:
    body = read_body(Source("x.md", text), {})
    return Postmortem("a", "x.md", MATTER, body, timeline or Timeline(), actions or ActionList())


def parts_of(told: Postmortem) -> DrawnParts:
    found = dated_actions(told, Settings(), TODAY)
    return drawn_parts(told, found, action_counts(found), TODAY)


def rendered(told: Postmortem) -> str:
    blocks = AuthoredBlocks()
    blocks.enter(told)
    words = Markdown(extensions=[*EXTENSIONS, blocks]).convert(authored_source(told, blocks.nonce))
    html = insert_blocks(words, parts_of(told), blocks.nonce)
    assert blocks.nonce not in html
    return html


def drawn(*events: Event) -> str:
    return rendered(postmortem("## Timeline\n\nA table\n", Timeline(events, ((3, 3),))))


def words(html: str) -> str:
    """What a reader sees, blanks and line ends evened out."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def marked(told: Postmortem) -> str:
    """The source with marks in place of what is drawn, as Python-Markdown sees it."""
    return " ".join("\n".join(with_marks(authored_source(told, "n0nce").split("\n"), "n0nce")).split())


# --- where the marks stand --------------------------------------------------------------------------------


def test_the_rail_stands_where_the_events_were_and_the_rest_stays() -> None:
    text = "# T\n\n## Timeline\n\nBefore\n\n- 14:00 one\n- 14:10 two\n\nBetween\n\n- 15:00 three\n\n## Lessons\n\nEnd\n"
    told = postmortem(text, Timeline((event("14:00", "one"), event("15:00", "three")), ((7, 8), (12, 12))))
    assert marked(told) == "## Timeline Before postmortems-n0nce-timeline Between ## Lessons End"
    assert without_signs(authored_source(told, "n0nce"), "n0nce") == text
    html = rendered(told)
    assert html.count("<ol") == 1
    assert words(html).startswith("Timeline Before Tuesday 6 February 2024 14:00 start")
    assert words(html).endswith("three Between Lessons End")


@pytest.mark.parametrize("title", ["# Title\n", "Title\n=====\n", "Title\nof two lines\n===\n", "  #  Title #\n"])
def test_the_leading_heading_is_left_out(title: str) -> None:
    assert marked(postmortem(f"{title}\nText\n")) == "Text"


def test_only_the_first_heading_of_level_one_is_the_title() -> None:
    assert marked(postmortem("## Summary\n\nText\n\n# Title\n")) == "## Summary Text # Title"


@pytest.mark.parametrize(
    "text", ["## Timeline\n\nProse.\n\n## Lessons Learned\n\nEnd\n", "## Timeline\n\nProse.\n\n### More\n\nx\n\n## L\n"]
)
def test_events_of_another_file_stand_at_the_end_of_the_timeline_section(text: str) -> None:
    source = authored_source(postmortem(text, Timeline((event("14:00"),))), "n")
    assert source.index("Prose") < source.index("postmortems-n-timeline") < source.index("## L")


def test_each_list_of_action_items_holds_its_own_and_progress_stands_before_all() -> None:
    text = "## Action Items\n\n### Immediate\n\n- [ ] one\n\nProse\n\n### Long-term\n\n- [x] two\n"
    items = (item("one", 5), item("two", 11, ActionState.DONE))
    html = rendered(postmortem(text, actions=ActionList(items, ((5, 5), (11, 11)))))
    assert words(html) == (
        "Action Items 1 of 1 due done , 1 open, as of 1 Jun 2024 Immediate Open one no owner Prose "
        "Long-term Done two no owner"
    )


def anchors(html: str) -> list[str]:
    return re.findall(r' id="(a-[^"]*)"', html)


def test_an_action_item_has_an_address_that_stays_when_others_are_added() -> None:
    text = "## Action Items\n\n- [ ] one\n- [ ] two\n- [ ] one\n"
    items = (item("one", 3), item("two", 4), item("one", 5))
    (one, two, again) = before = anchors(rendered(postmortem(text, actions=ActionList(items, ((3, 5),)))))
    assert len(set(before)) == 3
    assert re.fullmatch("a-[0-9a-f]{12}", one)
    more = "## Action Items\n\n- [ ] new\n- [x] **two**\n- [ ] one\n\nProse\n\n- [ ] one\n"
    items = (item("new", 3), item("**two**", 4, ActionState.DONE), item("one", 5), item("one", 9))
    after = anchors(rendered(postmortem(more, actions=ActionList(items, ((3, 5), (9, 9))))))
    assert after[1:] == [two, one, again]


def test_marks_within_raw_html_are_drawn_too() -> None:
    text = "## Timeline\n\n<details>\n<summary>All</summary>\n\n- 14:00 one\n\n</details>\n"
    html = rendered(postmortem(text, Timeline((event("14:00", "one `x`"),), ((6, 6),))))
    assert "<code>x</code>" in html
    assert html.index("<details>") < html.index("pm-rail") < html.index("</details>")


def test_a_postmortem_without_events_or_actions_stays_as_it_is() -> None:
    assert rendered(postmortem("## Summary\n\nText\n")) == '<h2 id="summary">Summary</h2>\n<p>Text</p>'


# --- the rail -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(event("14:00"), "14:00 start Started Detection Something happens", id="start"),
        pytest.param(event("14:10"), "14:10 +10 min Detected Detection Something happens", id="detected"),
        pytest.param(
            event("15:00"), "15:00 +1 h Mitigated, resolved Resolution Something happens", id="two moments in one"
        ),
        pytest.param(event("13:30"), "13:30 −30 min Detection Something happens", id="before the start"),
        pytest.param(event("14:30", approximate=True), "about 14:30 +30 min Investigation Something happens", id="~"),
        pytest.param(
            event("14:30", until=datetime(2024, 2, 6, 14, 45, tzinfo=UTC)),
            "14:30 – 14:45 +30 min Investigation Something happens",
            id="range",
        ),
        pytest.param(event("06T00:00", day_only=True), "6 Feb Detection Something happens", id="day only"),
        pytest.param(
            event("14:30", approximate=True, qualifier="shortly after"),
            "shortly after 14:30 +30 min Investigation Something happens",
            id="more than about",
        ),
        pytest.param(event(None), "unknown Investigation Something happens", id="time unknown"),
        pytest.param(
            event(None, written="18:00 (J+2) <b>"),
            "18:00 (J+2) &lt;b&gt; Investigation Something happens",
            id="as written",
        ),
        pytest.param(event(None, written="--:--"), "unknown Investigation Something happens", id="no words"),
        pytest.param(
            event(None, written="Unknown"), "unknown Investigation Something happens", id="said to be unknown"
        ),
        pytest.param(
            event("14:20", action="Roll back", phase=Phase.MITIGATION, actor="SRE <b>"),
            "14:20 +20 min Mitigation Something happens Action taken Roll back SRE &lt;b&gt;",
            id="action, phase and actor",
        ),
    ],
)
def test_an_entry_says_when_what_and_how_long_after(entry: Event, expected: str) -> None:
    assert words(drawn(entry)).removeprefix("Timeline").strip().removeprefix("Tuesday 6 February 2024 ") == expected


def test_days_divide_and_long_silences_are_said() -> None:
    html = words(drawn(event("14:00", "a"), event("15:29", "b"), event("16:59", "c"), event("07T01:00", "d")))
    assert "a 15:29" in html
    assert "b no entries for 1 h 30 min 16:59" in html
    assert "c no entries for 8 h 1 min Wednesday 7 February 2024 01:00" in html


def test_nobody_knows_how_long_it_was_silent_around_an_unknown_time() -> None:
    assert "no entries for" not in drawn(event("14:00"), event(None), event("20:00"))


def test_every_entry_has_an_address_of_its_own() -> None:
    one_day = drawn(event("14:00"), event("14:00"), event(None), event(None))
    assert re.findall(r'id="(t-[^"]*)"', one_day) == ["t-1400", "t-1400-2", "t-unknown", "t-unknown-2"]
    two_days = drawn(event("14:00"), event("07T14:00"))
    assert re.findall(r'href="#(t-[^"]*)"', two_days) == ["t-0206-1400", "t-0207-1400"]


def test_the_phase_is_shown_where_it_changes_and_heard_always() -> None:
    html = drawn(event("14:00"), event("14:20"), event("14:30"), event("15:30"))
    lines = re.findall(r'<p class="pm-ev__ph">(.*?)</p>', html)
    hidden = '<span class="pm-vh">'
    assert lines == [
        f'<b class="pm-moment">Started</b> {hidden}Detection</span>',
        "<span>Investigation</span>",
        f"{hidden}Investigation</span>",
        "<span>Follow-up</span>",
    ]


def test_the_line_has_the_colour_of_what_follows() -> None:
    html = drawn(event("13:00"), event("14:00"), event("14:10"), event(None), event("15:00"))
    assert re.findall(r"pm-st--(\w+)", html) == ["unk", "dark", "act", "act", "rec"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The **primary** `db-1` [stops](https://example.org)", "<code>db-1</code> <a href=\"https://example.org\">stops</a>"),
        ("Alert:\n- pager *A*\n- pager B", "<li>pager <em>A</em></li>"),
        ("Ran\n\n```sql\nSELECT '<b>' -- *x*\n```", "<code>SELECT '&lt;b&gt;' -- *x*\n</code></pre>"),
        ("Ran\n\n~~~\nunclosed", "<code>unclosed\n</code></pre>"),
        ("one\ntwo", '<p class="pm-ev__what">one two</p>'),
    ],
)  # fmt: skip
def test_an_entry_is_the_authors_markdown(text: str, expected: str) -> None:
    assert expected in drawn(event("14:00", text))


# --- the action items ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            item(owner="db-team", due=date(2024, 7, 1), kind=ActionKind.PREVENT, ticket="OPS-12"),
            "Open Do it prevent db-team due 1 Jul 2024 OPS-12",
            id="open",
        ),
        pytest.param(item(owner="db-team", due=date(2024, 5, 1)), "Overdue Do it db-team due 1 May 2024", id="overdue"),
        pytest.param(
            item(horizon=Horizon.LONG_TERM),
            'Overdue Do it no owner due 6 May 2024 due date from "long-term"',
            id="derived date",
        ),
        pytest.param(
            item(state=ActionState.DONE, done=date(2024, 2, 20), due=date(2024, 2, 10)),
            "Done Do it no owner done 20 Feb 2024",
            id="done",
        ),
        pytest.param(
            item(state=ActionState.DROPPED, dropped_because="service <gone>"),
            "Dropped Do it Dropped: service &lt;gone&gt; no owner",
            id="dropped",
        ),
        pytest.param(
            item(state=ActionState.DROPPED), "Dropped Do it Dropped, no reason given no owner", id="no reason"
        ),
        pytest.param(
            item(state=ActionState.UNKNOWN, horizon=Horizon.IMMEDIATE), "Unknown Do it no owner", id="unknown"
        ),
        pytest.param(
            item(owner="[x](javascript:alert(1))", ticket="javascript:alert(1)"),
            "Open Do it [x](javascript:alert(1)) javascript:alert(1)",
            id="owner and ticket are plain text",
        ),
    ],
)
def test_an_action_item_says_how_it_stands(written: ActionItem, expected: str) -> None:
    html = rendered(postmortem("A list\n", actions=ActionList((written,), ((1, 1),))))
    assert words(html[html.index('<ul class="pm-actions">') :]) == expected
    assert "<a" not in html


# --- nothing active ----------------------------------------------------------------------------------------------

ATTACKS = [
    "[x](javascript:alert(1))",
    "[x](JaVa\tScript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](<java script:alert(1)>)",
    "[x](vbscript:x)",
    "![x](data:text/html,<script>alert(1)</script>)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x](y){: onclick=alert(1) }",
    "text\n{: onclick=alert(1) style=color:red }",
    "**x**{: ONCLICK=alert(1) style=position:fixed }",
    "# x {: onmouseover=alert(1) }",
    '```{.python onclick="alert(1)"}\nx\n```',
    '~~~ { .sql ONLOAD="x" }\nx\n~~~',
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("where", ["prose", "event", "action", "item"])
def test_nothing_active_comes_through(attack: str, where: str) -> None:
    if where == "prose":
        html = rendered(postmortem(f"Text\n\n{attack}\n"))
    elif where == "item":
        html = rendered(postmortem("A list\n", actions=ActionList((item(attack),), ((1, 1),))))
    else:
        html = drawn(event("14:00", **{"text": "x", "action": "", ("text" if where == "event" else "action"): attack}))
    tags = " ".join(re.findall(r"<[^>]*>", html))
    assert not re.search(r"(?i)\son\w+\s*=|position|(?:href|src)=\"\s*(?:j|v|data|&)", tags)


RAW = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=alert(1)>bold</b>",
    "<div markdown><iframe src=https://example.org></iframe></div>",
    "<details>\n<summary onclick=alert(1)>x</summary>\n\ny\n\n</details>",
    "<svg/onload=alert(1)>",
]


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("where", ["prose", "event"])
def test_no_raw_html_is_active(raw: str, where: str) -> None:
    told = (
        postmortem(f"Text\n\n{raw}\n")
        if where == "prose"
        else postmortem("A table\n", Timeline((event("14:20", raw),), ((1, 1),)))
    )
    tags = " ".join(re.findall(r"<[^>]*>", rendered(told)))
    assert not re.search(r"<script|<iframe|\son\w+=", tags)


def test_harmless_raw_html_stays() -> None:
    assert "<kbd>Ctrl</kbd>" in rendered(postmortem("Press <kbd>Ctrl</kbd>\n"))


def test_alignment_of_table_columns_stays() -> None:
    assert "text-align:right" in rendered(postmortem("| a |\n|--:|\n| 1 |\n"))


TEXT = st.text(st.sampled_from("ab`*_[](){}<>&\"'#-:=|\\\n \t~1.!javascript:"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
def test_any_text_is_drawn(text: str, action: str) -> None:
    told = postmortem(
        "## Timeline\n\n| a |\n\n## Action Items\n\n- x\n",
        Timeline((event("14:00", text, action=action), event("14:05", "LAST")), ((3, 3),)),
        ActionList((item(text, 7),), ((7, 7),)),
    )
    html = rendered(told)
    assert html.count("pm-ev__el") == 2
    assert "pm-actions" in html


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 14), st.integers(0, 4)), max_size=5), st.integers(1, 9))
def test_any_stretches_leave_a_source(stretches: list[tuple[int, int]], first: int) -> None:
    text = "# T\n\n## Timeline\n\na\n\nb\n\nc"
    told = replace(
        postmortem(text, Timeline((event("14:00"),), tuple((begin, begin + more) for begin, more in stretches))),
        body=read_body(Source("x.md", text, first), {}),
    )
    source = authored_source(told, "n0nce")
    assert source.count("<!-- postmortems-n0nce-timeline") <= 1
    assert without_signs(source, "n0nce") == text


def test_a_late_timeline_shows_its_length() -> None:
    late = event("14:00", until=datetime(2024, 2, 6, 14, tzinfo=UTC) + timedelta(hours=2))
    assert "no entries for" not in drawn(late, event("17:00"))


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        pytest.param([], "Cache isn't warm", id="plain words as they are"),
        pytest.param(["smarty"], "Cache isn’t warm", id="an extension that turns plain words into others"),
    ],
)
def test_plain_words_are_spared_only_where_nothing_would_change_them(extensions: list[str], expected: str) -> None:
    told = postmortem("## Timeline\n\nA table\n", Timeline((event("14:00", "Cache isn't warm"),), ((3, 3),)))
    blocks = AuthoredBlocks()
    blocks.enter(told)
    html = Markdown(extensions=[*extensions, blocks]).convert(authored_source(told, blocks.nonce))
    assert expected in insert_blocks(html, parts_of(told), blocks.nonce)


KNOWN = ["toc", "tables", "attr_list", "md_in_html", "def_list", "admonition"]


def test_inline_patterns_do_not_see_plain_text() -> None:
    html = Markdown(extensions=[*KNOWN, blocks := AuthoredBlocks()])
    blocks.enter(None)
    seen: list[str] = []
    html.inlinePatterns["backtick"].getCompiledRegExp = lambda: Seen(seen)  # type: ignore[method-assign]
    html.convert("# A *title*\n\nAll is well: 3 of 4, so far.\n\nA `code` in it\n\n- One?\n- *Two*")
    assert seen == ["A *title*", "A `code` in it", "*Two*"]


class Seen:
    """A pattern that finds nothing, and notes where it is looked for."""

    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        self.seen.append(text)
        return iter(())


MARKUP = (
    *"\\`*_[]()<>&!:.{}#|~=\"' \n", "  \n", "\n\n", "http://x.io", "www.x.io", "me@x.io", "&amp;", "<br>", "<b>", "- ", "1. ",
    "![i](i.png)", "[a](b.md)", "[a]: b", "\u2013", "\u0002", "word", "more words", "é", "数",
)  # fmt: skip


@given(st.lists(st.sampled_from(MARKUP), max_size=14).map("".join))
@settings(max_examples=400)
def test_no_text_is_another_because_the_inline_patterns_do_not_see_it(text: str) -> None:
    blocks = AuthoredBlocks(active_html=True)
    blocks.enter(None)
    assert Markdown(extensions=[*KNOWN, blocks]).convert(text) == Markdown(extensions=KNOWN).convert(text)


def in_two_steps(told: Postmortem) -> tuple[str, AuthoredBlocks]:
    """What search and MkDocs see, before anything is drawn."""
    blocks = AuthoredBlocks()
    blocks.enter(told)
    return Markdown(extensions=[*EXTENSIONS, blocks]).convert(authored_source(told, blocks.nonce)), blocks


TWO_EVENTS = Timeline((event("14:00", "One", action="Act"), event("15:00", "Two")), ((3, 3),))


def test_addresses_of_entries_are_there_before_they_are_drawn() -> None:
    html, _ = in_two_steps(postmortem("## Timeline\n\nA table\n", TWO_EVENTS))
    assert re.findall(r' id="(t-[^"]*)"', html) == ["t-1400", "t-1500"]
    assert "pm-rail" not in html
    promised = postmortem("## Action Items\n\n- [ ] one\n", actions=ActionList((item("one", 3),), ((3, 3),)))
    before, after = in_two_steps(promised)[0], rendered(promised)
    assert "pm-actions" not in before
    assert anchors(before) == anchors(after) != []


SIGN = '<i data-slot="NONCE-'


@pytest.mark.parametrize(
    ("old", "new", "is_drawn"),
    [
        pytest.param('"></i>', '" class="x"></i>', True, id="an attribute is added"),
        pytest.param("></i>", "/>", True, id="signs are written as in XML"),
        pytest.param("></i>", "></i>\n", True, id="line ends are added"),
        pytest.param(f'{SIGN}t1" id="t-1500"></i>', "", False, id="a sign is lost"),
        pytest.param(f"{SIGN}t1", f"{SIGN}t9", False, id="a sign has another name"),
        pytest.param(f"{SIGN}t1", f"{SIGN}t0", False, id="a sign stands twice"),
        pytest.param(f"{SIGN}timeline", "<i", False, id="the beginning is lost"),
        pytest.param(f"{SIGN}end", "<i", False, id="the end is lost"),
        pytest.param('data-slot="', "data-slot=", False, id="no sign is known"),
    ],
)
def test_no_word_is_lost_where_another_plugin_has_changed_the_text(old: str, new: str, is_drawn: bool) -> None:
    told = postmortem(
        "## Timeline\n\nA table\n\n## Action Items\n\n- x\n\nAfterwards\n",
        TWO_EVENTS,
        ActionList((item("Three", 7),), ((7, 7),)),
    )
    html, blocks = in_two_steps(told)
    old, new = old.replace("NONCE", blocks.nonce), new.replace("NONCE", blocks.nonce)
    assert old in html
    changed = insert_blocks(html.replace(old, new), parts_of(told), blocks.nonce)
    found = re.findall("Timeline|One|Act(?= |$)|Two|Action Items|Three|Afterwards", words(changed))
    assert found == ["Timeline", "One", "Act", "Two", "Action Items", "Three", "Afterwards"]
    assert ("pm-rail" in changed) is is_drawn


@pytest.mark.parametrize("lost", ["<!-- postmortems-NONCE-timeline -->", "<!-- /postmortems-NONCE-timeline -->"])
def test_no_word_of_the_source_is_lost_where_another_plugin_has_dropped_a_sign(lost: str) -> None:
    source = authored_source(postmortem("## Timeline\n\nA table\n\nEnd\n", TWO_EVENTS), "NONCE").replace(lost, "")
    kept = with_marks(source.split("\n"), "NONCE")
    assert [line for line in kept if line and "NONCE" not in line] == ["## Timeline", "A table", "End"]


def test_words_stay_where_another_plugin_has_cut_the_text_off() -> None:
    told = postmortem("## Timeline\n\nA table\n", TWO_EVENTS)
    html, blocks = in_two_steps(told)
    for end in range(html.index("One") + 3, len(html)):
        assert "One" in insert_blocks(html[:end], parts_of(told), blocks.nonce)


def test_labels_and_owners_are_there_for_the_search_and_not_shown_twice() -> None:
    told = replace(
        postmortem("## Action Items\n\n- x\n", actions=ActionList((item("Do it", 3, owner="dba"),), ((3, 3),))),
        front_matter=FrontMatter.model_validate({"root_cause": "pool", "services": ["shop"]}),
    )
    html, blocks = in_two_steps(told)
    assert "Root cause: pool. Services: shop Action Items Do it dba" in words(html)
    shown = insert_blocks(html, parts_of(told), blocks.nonce)
    assert words(shown) == "Action Items 1 open , as of 1 Jun 2024 Open Do it dba"
