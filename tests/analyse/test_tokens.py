"""Which words of a postmortem are looked at, and when two of them are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analyse.tokens import singular, split_words, words_of
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.read.body import read_body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The pool ran dry", ["the", "pool", "ran", "dry"], id="small letters"),
        pytest.param("a `statement_timeout` of 30 s", ["statement_timeout"], id="too short, and code"),
        pytest.param("see [the graph](artifacts/pool-use.png)", ["see", "the", "graph"], id="a link's words alone"),
        pytest.param("at https://example.com/pool?x=1 today", ["today"], id="no address"),
        pytest.param("[What broke, and for whom] It leaks", ["leaks"], id="no placeholder of a template"),
        pytest.param("in us-east-1 and CVE-2026-12", ["and"], id="no name with a number"),
        pytest.param("Überlastung der Verbindungen", ["überlastung", "der", "verbindungen"], id="another language"),
        pytest.param("x" * 41 + " pool", ["pool"], id="no word"),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("caches", {"cache", "caches"}, "cache"),
        ("processes", {"process"}, "process"),
        ("queries", {"query"}, "query"),
        ("caches", {"caches"}, "caches"),
        ("status", {"status", "stat"}, "status"),
        ("postgres", {"postgres"}, "postgres"),
    ],
)
def test_a_plural_is_its_singular_where_that_is_known(word: str, known: set[str], meant: str) -> None:
    assert singular(word, known) == meant


BODY = """\
# Heading

## Executive Summary

Summarised.

## Timeline

| Time | Event |
|---|---|
| 14:23 | Timed |

## Root Cause Analysis

Analysed.

### Primary Cause

- Listed

```
fenced
```

<!-- hidden -->

| Table |
|---|
| tabled |

## Action Items

- [ ] Promised
"""


def postmortem(body: str, **matter: object) -> Postmortem:
    return Postmortem(
        "2024/01-a", "postmortems/2024/01-a.md", FrontMatter.model_validate(matter), read_body(Source("x.md", body), {})
    )


def test_the_title_counts_twice_and_only_what_happened_is_read() -> None:
    found = words_of(postmortem(BODY, title="Titled", root_cause="labelled", trigger="triggered"))
    assert sorted(found) == sorted(["titled"] * 2 + ["summarised", "analysed", "listed", "table", "tabled"])


def test_without_those_sections_the_whole_text_counts() -> None:
    assert words_of(postmortem("# Told otherwise\n\nAll in one.\n\n## More\n\n- Things")) == [
        *["told", "otherwise"] * 2,
        *["all", "one", "things"],
    ]


@given(st.text(max_size=300))
def test_any_text_is_split_into_words(text: str) -> None:
    for word in split_words(text):
        assert 3 <= len(word) <= 40
        assert word == word.lower()
