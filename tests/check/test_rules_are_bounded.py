"""No text makes a rule slow: each is fuzzed, and held to a bound of processor time for each kilobyte.

The bound is no promise on speed, which the benchmark measures. It is what tells linear from catastrophic: a pattern
that backtracks needs minutes for what is here, and the bound is some fifty times what the slowest rule takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.growth import seconds

from postmortems.analyse.analysis import Analysis
from postmortems.check.registry import RULES
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.read.pattern import read_pattern
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings

pytestmark = pytest.mark.large

TODAY = date(2026, 6, 1)
PER_KILOBYTE = 0.02
"""Seconds of processor time."""
ONCE = 0.2
"""Seconds that a rule may take whatever it looks at: some import a library when they first need it."""
RUNS = 3

FRONT = """\
---
title: {title}
status: published
severity: SEV1
services: [api, {title}]
owner: {title}
started_at: 2026-03-02T14:20:00Z
detected_at: 2026-03-02T15:20:00Z
mitigated_at: unknown
resolved_at: unknown
root_cause: {title}
trigger: {title}
patterns: [x]
---
"""
BODY = """\
# {line}

{text}

## Executive Summary

{line}

## Timeline

| Time | Event |
|---|---|
| 14:20 | {line} |

- **14:30** - {line}

## Root Cause Analysis

### Contributing Factors

- {line}

> {line}

## Impact Assessment

{line}

## Action Items

### Immediate

- [ ] [{line}] {line} (due: {line})
- [ ] {line}
"""

SIGNS = [
    "a", " ", "\t", "(", ")", "[", "]", "[ ] ", "![", "](", "](x", "<", ">", "<a ", "<!--", "-->", "</", "&#", "&",
    "*", "**", "_", "`", "``` ", "~~~ ", "|", "||", "| - ", "- ", "1. ", "> ", "#", "# ", "=", "= \"", "='", "{", "{:",
    "}", "\\", "\\\\", "\"", "'", "“", ":", "::", ": ", ";", ",", ".", "..", "../", "/", "//", "http://", "https://a.",
    "javascript:", "data:", "@", "a@", "a@b.", "a.b@", "+49 ", "+1 (555) ", "0", "12", "12:", "12:3", "2026-", "2026-03-02 ",
    "1.", "1.2.3.", "::1", "fe80:", "%", "%20", "?", "!", "…", "—", "é", "日", "\u202e", "\u0301", "😀", "AKIA", "ghp_",
    "eyJ", "-----BEGIN ", "password=", "token: ", "we should have ", "the engineer failed to ", "forgot ", "if the team had ",
    "human error ", "should ", "not ", "the ", "who ", "that ", "(due: ", "(kind: x, ", "wont-do: ", "None: ", "postmortems: allow ",
    "<!-- postmortems: allow x: ", "[a]: ", "[^a]", "{#", "<img src=", "onerror=", "srcset=", "UTC ", "~14:30 ", "14:30-",
]  # fmt: skip
"""What rules look for, and what patterns stumble over when it is repeated."""


def context_of(text: str) -> Context:
    """A postmortem and a pattern that hold `text` wherever something is read."""
    line = " ".join(text.split("\n"))
    title = '"' + line.replace("\\", "\\\\").replace('"', '\\"')[:900] + '"'
    whole = FRONT.format(title=title) + BODY.format(line=line, text=text)
    config = Settings.model_validate({"personal_data": {"identifiers": [r"CUST-\d+"]}})
    postmortem = read_postmortem("postmortems/2026/01-x/postmortem.md", whole.encode("utf-8", "replace"), config)
    page = f"---\ntitle: {title}\nfamily: database\n---\n\n{BODY.format(line=line, text=text)}"
    pattern = read_pattern("patterns/x.md", page.encode("utf-8", "replace"), config)
    corpus = Corpus((postmortem,), (pattern,), frozenset({postmortem.path, pattern.path}))
    return Context(corpus, config, Analysis(corpus, config, TODAY), TODAY, datetime(2026, 6, 1, tzinfo=UTC))


def slow_rules(text: str) -> list[tuple[str, float]]:
    """The rules that take longer than the bound allows, each with its seconds."""
    context = context_of(text)
    kilobytes = sum(len(line) for one in context.corpus.postmortems for line in one.body.lines) / 1024
    most = ONCE + PER_KILOBYTE * kilobytes
    return [(rule.name, took) for rule in RULES if (took := _least_seconds(rule, context, most)) > most]


def _least_seconds(rule: Rule, context: Context, enough: float) -> float:
    """The least of several runs, since others use the machine, too; the first that is short enough will do."""
    took = float("inf")
    for _ in range(RUNS):
        if took > enough:
            took = min(took, seconds(lambda context: list(_examined(rule, context)), context))
    return took


def _examined(rule: Rule, context: Context) -> Iterator[object]:
    if rule.examine_postmortem:
        for postmortem in context.corpus.postmortems:
            yield from rule.examine_postmortem(postmortem, context)
    if rule.examine_pattern:
        for pattern in context.corpus.patterns:
            yield from rule.examine_pattern(pattern, context)
    if rule.examine_corpus:
        yield from rule.examine_corpus(context.corpus, context)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_repeated_stays_linear(sign: str) -> None:
    assert slow_rules(sign * (4_000 // len(sign))) == []


@pytest.mark.parametrize("opening", ["[", "(", "<a ", "{", "“", "`", "*", "<!-- ", "(due: ", "a@", "https://"])
def test_what_opens_and_never_closes_stays_linear(opening: str) -> None:
    assert slow_rules((opening + "x" * 20 + " ") * 400) == []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6), st.integers(1, 400), st.sampled_from(["", " ", "\n"]))
def test_signs_in_any_order_stay_linear(signs: list[str], times: int, between: str) -> None:
    assert slow_rules(between.join(signs * times)[:12_000]) == []


@pytest.mark.parametrize("word", ["word ", "x", "[", "the engineer "])
def test_a_file_of_almost_two_megabytes_stays_linear(word: str) -> None:
    text = (word * 200_000)[:140_000]
    assert len(context_of(text).corpus.postmortems[0].body.lines) > 20, "it is read, and not too large"
    assert slow_rules(text) == []
