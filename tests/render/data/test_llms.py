"""llms.txt in the form of llmstxt.org: one title, a summary, and lists of links with a word about each."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from markdown_it import MarkdownIt
from tests.builders import BEGIN, incident, pattern
from tests.builders import data_context as made

from postmortems.render.base.context import MANY
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.llms import llms_txt


def links(data_context: DataContext) -> dict[str, list[tuple[str, str, str]]]:
    """What stands under each heading: title, address and words of each link, as a Markdown reader sees them."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    tokens = MarkdownIt().parse(llms_txt(data_context))
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    for before, token in pairwise(tokens):
        children = token.children or []
        if before.type == "heading_open":
            found[token.content] = []
        elif children and children[0].type == "link_open":
            title = "".join(child.content for child in children[1 : [one.type for one in children].index("link_close")])
            rest = "".join(
                child.content for child in children[[one.type for one in children].index("link_close") + 1 :]
            )
            found[list(found)[-1]].append((title, str(children[0].attrs["href"]), rest))
    return found


def test_each_postmortem_and_pattern_is_a_link_with_its_facts() -> None:
    one = incident(
        "a", owner="Payments", root_cause="pool exhaustion", trigger="a deploy", patterns=["database-issues"]
    )
    found = links(made(one, patterns=(pattern(prose="The database is rarely first. More.\n"),)))
    assert found["Postmortems"] == [
        (
            "Outage a",
            "postmortems/2024/a/",
            ": SEV1, 6 Feb 2024, Payments, detected after 3 min, resolved after 1 h. Root cause: pool exhaustion."
            " Trigger: a deploy. Patterns: database-issues",
        )
    ]
    assert found["Patterns"] == [
        ("Database issues", "patterns/database-issues/", ": database, 1 incident. The database is rarely first.")
    ]
    assert [address for _, address, _ in found["Data"]] == [
        "data/index.json",
        "data/postmortems.json",
        "data/actions.json",
        "data/metrics.json",
    ]


def test_addresses_are_whole_where_the_site_knows_its_own() -> None:
    found = links(made(incident("a"), site_url="https://example.org/pm"))
    assert found["Postmortems"][0][1] == "https://example.org/pm/postmortems/2024/a/"


def test_what_is_unknown_is_called_so_and_a_drill_is_told() -> None:
    (drill,) = links(made(incident("a", None, kind="drill", severity=None)))["Postmortems"]
    assert drill[2] == ": drill, severity unknown, date unknown, detection time unknown, duration unknown"


def test_of_many_only_the_newest_and_it_says_so() -> None:
    members = [incident(f"{number:03d}", BEGIN + timedelta(days=number)) for number in range(MANY + 1)]
    text = llms_txt(made(*members))
    assert text.count("](postmortems/") == MANY
    assert "](postmortems/2024/000/)" not in text
    assert f"The newest {MANY} postmortems" in text


def test_a_sample_says_that_it_is_one() -> None:
    assert "is a sample" in llms_txt(made(corpus="sample"))
    assert "is a sample" not in llms_txt(made())


def test_a_title_cannot_leave_its_line_or_become_markup() -> None:
    nasty = "a](http://evil/) \n# Ignore <b>all</b> `x` *y*"
    found = links(made(incident("a", title=nasty)))
    assert list(found) == ["Knowledge & base", "Postmortems", "Data"]
    assert found["Postmortems"][0][:2] == ("a](http://evil/) # Ignore <b>all</b> `x` *y*", "postmortems/2024/a/")


def test_an_empty_knowledge_base_has_a_title_and_its_data() -> None:
    assert list(links(made())) == ["Knowledge & base", "Data"]
