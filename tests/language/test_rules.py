"""PM601 and PM602: where they look, what they quote, where they point, and that no text can upset them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.measure import blaming, new_sentences, problems, problems_in, readings

from postmortems.check.own_words import own_words
from postmortems.check.retrospective import ACCOUNT, REFLECTION
from postmortems.language import blame, hindsight
from postmortems.language.agents import AgentFinder
from postmortems.language.blame import find_blame
from postmortems.language.cues import Cues
from postmortems.language.finding import Kind
from postmortems.language.questions import advice, statement
from postmortems.language.sentences import parse, spans
from postmortems.model.section import TEMPLATE_SECTIONS

BLAME = "The engineer forgot the snapshot."
HINDSIGHT = "The engineer should have taken a snapshot."
WORDS = sorted(
    {word for case in (*blaming(), *new_sentences("third")) for word in case.text.rstrip(".").split()}
    | {"exporter", "the", "operator", "users", "who", "that", "which", "by", "and", ",", ";", "not", "never", "if", "0"}
)
NOTHING = partial(parse, "", 0, 0)
PIECES = [
    *WORDS[::3],
    '"',
    "“",
    "”",
    "'",
    "’",
    "`",
    "*",
    "_",
    "<br>",
    "<!--",
    "-->",
    "](",
    "\n",
    ". ",
    "|",
    "İ",
    "🚀",
    "@",
    "-",
]


def texts(markdown: str, section: str = "Primary Cause") -> list[str]:
    """What stands in quotation marks in the messages."""
    return [problem.message.split('"')[1] for problem in problems(markdown, section)]


@pytest.mark.parametrize("section", TEMPLATE_SECTIONS)
def test_the_section_decides(section: str) -> None:
    rules = [problem.rule for problem in problems(f"{BLAME} {HINDSIGHT}", section)]
    in_account, in_reflection = section in ACCOUNT, section in REFLECTION
    assert rules == ["blaming-language"] * (in_account or in_reflection) + ["counterfactual"] * in_account
    looks_ahead_or_records = {"Timeline", "Action Items", "Immediate", "Short-term", "Long-term"}
    assert (section in looks_ahead_or_records) is not (in_account or in_reflection)


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("## What we saw\n\n" + BLAME, 1),
        ("## What we saw\n\n- 14:23 " + BLAME, 0),
        ("## What we saw\n\n**2026-02-06 14:23** " + BLAME, 0),
        ("## What we saw\n\n| a | b |\n|---|---|\n| 14:23 | " + BLAME + " |", 0),
        ("## Status updates\n\n" + BLAME, 0),
        ("## Glossary\n\n" + BLAME, 0),
        ("## Root Cause\n\n### The long story\n\n" + BLAME, 1),
        ("## Root Cause\n\n### Timeline\n\n#### 14:23\n\n" + BLAME, 0),
        ("## What we saw\n\n### Contributing Factors\n\n" + BLAME, 1),
        ("## Areas for Improvement\n\n- [ ] " + BLAME, 0),
        ("## Areas for Improvement\n\n- [x] " + BLAME, 0),
        ("## Areas for Improvement\n\n- " + BLAME + "\n    - " + BLAME, 2),
    ],
)
def test_headings_decide_for_what_stands_below_it(markdown: str, count: int) -> None:
    assert len(problems(markdown, "Timeline")) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (BLAME, 1),
        (BLAME + "\n\n## Timeline\n\n" + BLAME, 1),
        ("# Checkout down\n\n" + BLAME, 1),
        ("10:20 " + BLAME + "\n\n- 10:30 - " + BLAME + "\n\n" + BLAME, 1),
    ],
)
def test_without_headings_the_whole_body_counts_save_what_is_a_timeline(body: str, count: int) -> None:
    assert len(problems_in(f"---\ntitle: x\n---\n\n{body}\n")) == count


@pytest.mark.parametrize(
    ("markdown", "quoted", "place"),
    [
        # The text begins on line 8, below the front matter and the heading.
        ("At first the engineer forgot it.", "the engineer forgot", (8, 10, 8, 29)),
        ("🚀 É: the engineer forgot it.", "the engineer forgot", (8, 6, 8, 25)),
        ("First line.\nSecond, the engineer\nforgot it.", "the engineer forgot", (9, 9, 10, 7)),
        ("- one\n- two, and\n  the on-call\n  engineer **forgot** it", "the on-call engineer **forgot", (10, 3, 11, 20)),
        ("1. one\n\n   > quote\n\n   The engineer _forgot_ it", "The engineer _forgot", (12, 4, 12, 24)),
        ("| a | b |\n|---|---|\n| the engineer | The engineer forgot it |", "The engineer forgot", (10, 18, 10, 37)),
        ("| a | b |\n|---|---|\n| x \\| y | The engineer forgot it |", "The engineer forgot", (10, 12, 10, 31)),
        ("| a | b |\n|---|---|\n| We forgot. | We forgot. |", "We forgot", (10, 3, 10, 12)),
        ("We did. `x` [a](b.md \"c\"). The\nengineer   forgot it", "The engineer forgot", (8, 28, 9, 18)),
    ],
)  # fmt: skip
def test_it_quotes_the_words_and_points_at_them(markdown: str, quoted: str, place: tuple[int, ...]) -> None:
    found = problems(markdown)[0]
    assert found.message == f'"{quoted}" makes people the cause'
    assert (found.place.line, found.place.column, found.place.end_line, found.place.end_column) == place


def test_equal_cells_have_places_of_their_own() -> None:
    found = problems("| a | b |\n|---|---|\n| We forgot. | We forgot. |")
    assert [one.place.column for one in found] == [3, 16]


def test_of_a_long_stretch_both_ends_are_quoted() -> None:
    (quoted,) = texts(
        "The engineer restarted both of the nodes named on the first page of the runbook for the failover by hand and forgot it."
    )
    assert quoted == "The engineer restarted both of the … for the failover by hand and forgot"


@pytest.mark.parametrize(
    ("markdown", "quoted"),
    [
        ("The engineer failed to drain the node.", ["The engineer failed to drain"]),
        ("One of our two DBAs forgot it.", ["One of our two DBAs forgot"]),
        ("Maria and Tom forgot it.", ["Maria and Tom forgot"]),
        ("The engineer who wrote the job forgot it.", ["The engineer who wrote the job forgot"]),
        ("The engineer, tired by then, forgot it.", ["The engineer, tired by then, forgot"]),
        ("The alert was ignored by the on-call.", ["was ignored by the on-call"]),
        ("It is the vendor's fault.", ["the vendor's fault"]),
        ("It is the engineers' fault.", ["the engineers' fault"]),
        ("A mistake by one of the developers.", ["mistake by one of the developers"]),
        ("No one on the team bothered to look.", ["No one on the team bothered to look"]),
        ("They should have known better.", ["They should have known better"]),
        ("We should have known better.", ["We should have known better"]),
        ("The engineers met. Later they forgot it.", ["they forgot"]),
        ("The pods met. Later they forgot it.", []),
        ("The team's `exporter` forgot it, “the team” forgot it.", []),
        ("The team `exporter` forgot it.", []),
        ("If the team had read it and the DBA had asked, the outage would have been short.", ["If the team had read"]),
        ("We should have asked, and we should have waited.", ["We should have asked", "we should have waited"]),
        ("We should have been watching it.", ["We should have been watching"]),
        ("We should have received a page.", []),
        ("The operator skipped the check.", []),
        ("The operator forgot the check.", ["The operator forgot"]),
        ("The operator on shift skipped the check.", ["The operator on shift skipped the check"]),
        ("They'd have seen it.", ["They'd have seen"]),
        ("The alerts fired. They'd have seen it.", []),
        ("We'd have seen it.", ["We'd have seen"]),
    ],
)
def test_what_is_taken_for_the_agent(markdown: str, quoted: list[str]) -> None:
    assert texts(markdown) == quoted


@pytest.mark.parametrize(
    "markdown",
    [
        "Paging the engineer failed to help.",
        "Jasper, our log shipper, forgot its cursor.",
        "The engineers did not panic.",
        "The engineer was paged too late.",
        "She noticed it too late.",
        "If the DBA wiped it without asking, nothing would stop them.",
        "The DBA would delete it without asking.",
        "The DBA deleted it in a hurry, because the page named the wrong host.",
        "They guard against a case that nobody thought of.",
        "No check asked for the name.",
        "Nobody was told about it.",
        "The package was made in haste.",
        "The failure of the pump was not our fault.",
        "The attempt to page the engineer failed to get through.",
        "A script that the DBA ran forgot its token.",
        "While the engineers looked, the proxy ignored the routes.",
        "The vendor's API failed to answer.",
        "The staff portal should have shown a banner.",
        "The OCSP responder failed to answer.",
        "The automated reviewer should have found it.",
        "Microsoft Teams failed to deliver the message.",
        "Teams failed to deliver the message.",
        "No engineer forgot the step.",
        "If an engineer ignored the prompt, nothing stopped them.",
        "The engineers never ignored it.",
        "The team restarted failed pods.",
        "The alert was ignored by the Alertmanager.",
        "The team failed to reproduce it in staging.",
        "The engineer who could have approved it was on a plane.",
        "Anyone could have restarted it.",
        "The team could have lost all data.",
        "They would have had to restart it.",
        "The engineers could not have known it.",
        "If the engineer had not noticed, the outage would have been longer.",
        "We asked if the team had tested the restore.",
        "The team would have to approve each change.",
        "Human error is inevitable.",
        "The form allows human error.",
        "There was no human error.",
        "Some failed with an error by one of the developer tools.",
        "We learn from our mistakes.",
    ],
)
def test_what_is_left_alone(markdown: str) -> None:
    assert texts(markdown) == []


def test_the_authors_are_people() -> None:
    text = "Quillon forgot the snapshot. Varnsby should have asked. Platform forgot it."
    assert problems(text) == []
    assert [one.message.split('"')[1] for one in problems(text, authors='["Quillon Varnsby", "Platform"]')] == [
        "Quillon forgot",
        "Varnsby should have asked",
    ]


def test_each_kind_has_a_question_of_its_own() -> None:
    assert len({advice(kind) for kind in Kind}) == len(Kind)
    assert all(advice(kind).startswith('ask "') and "?" in advice(kind) for kind in Kind)
    assert all(statement(kind) for kind in Kind)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('a "b" c', "a 0   c"),
        ("a “b c” d", "a 0     d"),
        ("‘don’t’ a", "0       a"),
        ("'don't' a", "0       a"),
        ("the engineers' pods' names", "the engineers' pods' names"),
        ('a 5" disk', 'a 5" disk'),
        ("a `b` c", "a 0 0 c"),
        ("[a](b c)", "[a](b c)"),
        ("[a](b)", "[a]   "),
        ("a<br>b", "a;   b"),
        ("a <b>c</b>", "a    c    "),
        ("a <!-- b --> c", "a            c"),
        ("see https://a.b/c-d e", "see                 e"),
    ],
)
def test_own_words(text: str, kept: str) -> None:
    assert own_words(text) == kept


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One. ", "Two."]),
        ("See e.g. The page. Two", ["See e.g. The page. ", "Two"]),
        ("Version 1.2 came. it went", ["Version 1.2 came. it went"]),
        ("One! Two?", ["One! ", "Two?"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[begin:end] for begin, end in spans(text)] == sentences


def test_words_of_a_sentence() -> None:
    text = "We shouldn't've, it's **the DBAs’** on-call."
    sentence = parse(text, 0, len(text))
    assert sentence.joined == "we should not have , it 's the dbas 's on-call ."
    assert [text[begin:end] for begin, end in sentence.places][:4] == [
        "We", "should", "n't", "'ve",
    ]  # fmt: skip


@pytest.mark.parametrize(("cues", "detect"), [(blame.CUES, find_blame), (hindsight.CUES, hindsight.find_hindsight)])
def test_the_cues_leave_nothing_out(cues: Cues, detect: Callable) -> None:
    """Every sentence in which something would be found has a cue."""
    shapes = [case.text for case in blaming()] + [one.shape for group in readings().values() for one in group]
    for text in shapes:
        sentence = parse(text, 0, len(text))
        if list(detect(sentence, AgentFinder(sentence, NOTHING, frozenset()))):
            assert cues.are_in(text), text


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map(" ".join))
def test_the_cues_leave_nothing_out_of_any_sentence(text: str) -> None:
    sentence = parse(text, 0, len(text))
    finder = AgentFinder(sentence, NOTHING, frozenset())
    for cues, detect in ((blame.CUES, find_blame), (hindsight.CUES, hindsight.find_hindsight)):
        if list(detect(sentence, finder)):
            assert cues.are_in(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_every_place_holds_the_words_that_are_quoted(text: str) -> None:
    lines = f"---\ntitle: x\nauthors: []\n---\n\n## Primary Cause\n\n{text}\n".split("\n")
    for found in problems(text):
        place = found.place
        stretch = lines[place.line - 1 : place.end_line]
        stretch[-1] = stretch[-1][: place.end_column - 1]
        stretch[0] = stretch[0][place.column - 1 :]
        words = " ".join(" ".join(stretch).split())
        begin, _, end = found.message[1 : found.message.rindex('"')].partition(" … ")
        assert words.startswith(begin)
        assert words.endswith(end)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(own_words(text)) == len(text)
    assert "".join(text[begin:end] for begin, end in spans(text)) == text


@pytest.mark.large
@pytest.mark.parametrize(
    "piece",
    ["a", "forgot ", "we forgot. ", "they failed to ", "would have ", "if we had ", '"', "‘a ", "' ", "made a ", "an error ",
     "human error ", "'d have ", "who ", "of the team ", "| we forgot ", "](", "<br>", "a-", "'s fault ", "should. ",
     "the wrong ", "and broke ", "nobody asked ", "it is the team who ", "Lindqvist did not ask ", "was told to but ",
     "due to haste of ", "without a ", "by not asking "],
)  # fmt: skip
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    if piece.startswith("|"):
        text = f"{text}|\n{'|-' * text.count('|')}|\n{text}|"
    assert len(problems(text)) <= 2 * text.count(piece)
