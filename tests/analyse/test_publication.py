"""By when a postmortem is due, how far each entry of the register is, and what completion makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.completion import Completion, completion_of
from postmortems.analyse.publication import publication_due, register_statuses
from postmortems.analyse.statistics import Interval
from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Publication
from postmortems.model.section import Body
from postmortems.read.register import read_register
from postmortems.settings import Settings
from postmortems.settings.parsing import parse_settings

REGISTER = "postmortems/register.yml"

TODAY = date(2024, 3, 1)
SEV2 = {"severity": "SEV2", "resolved_at": "2024-02-06T23:30:00Z"}
PUBLISHED = SEV2 | {"status": "published", "published_on": "2024-02-20"}


def settings(**options: object) -> Settings:
    read, problems = parse_settings(options)
    assert not problems
    return read


def postmortem(name: str = "2024/01-a", **matter: Any) -> Postmortem:
    return Postmortem(name, f"postmortems/{name}/postmortem.md", FrontMatter.model_validate(matter), Body(1, ()))


def corpus(register: str | None, *postmortems: Postmortem) -> Corpus:
    if register is None:
        return Corpus(postmortems)
    read, problems = read_register(REGISTER, register.encode())
    assert not problems
    return Corpus(postmortems, register=read)


def entry(name: str = "A", severity: str = "SEV2", resolved: str = "2024-02-06T23:30:00Z", more: str = "") -> str:
    return f"- {{id: {name}, severity: {severity}, resolved_at: {resolved}{more}}}\n"


OURS = ", postmortem: 2024/01-a"


@pytest.mark.parametrize(
    ("matter", "register", "options", "expected"),
    [
        pytest.param(SEV2, None, {}, date(2024, 2, 20), id="14 days by default"),
        pytest.param(SEV2, None, {"publish_within": "36h"}, date(2024, 2, 8), id="hours go into the day they end on"),
        pytest.param(
            SEV2, None, {"publish_within": {"SEV2": "5d", "default": "30d"}}, date(2024, 2, 11), id="by severity"
        ),
        pytest.param(SEV2, None, {"publish_within": {"SEV1": "5d"}}, date(2024, 2, 20), id="by another severity"),
        pytest.param({"severity": "SEV2"}, None, {}, None, id="nobody knows the end"),
        pytest.param(SEV2 | {"kind": "drill"}, None, {}, None, id="a drill"),
        pytest.param(SEV2 | {"kind": "near-miss"}, None, {}, date(2024, 2, 20), id="a near miss"),
        pytest.param(SEV2, None, {"postmortem_required": ["SEV1"]}, None, id="none is required"),
        pytest.param(
            {"resolved_at": "2024-02-06T23:30:00Z"},
            None,
            {"postmortem_required": ["SEV1"]},
            date(2024, 2, 20),
            id="nobody can tell the severity",
        ),
        pytest.param({"severity": "SEV2"}, entry(more=OURS), {}, date(2024, 2, 20), id="the register knows the end"),
        pytest.param({"severity": "SEV2"}, entry(), {}, None, id="of another incident"),
        pytest.param(
            {"severity": "SEV2"},
            entry(more=OURS) + entry("B", resolved="2024-02-08T10:00:00Z", more=OURS),
            {},
            date(2024, 2, 22),
            id="the last of several incidents",
        ),
        pytest.param(
            SEV2,
            entry(resolved="2024-02-16T23:30:00Z", more=OURS),
            {},
            date(2024, 2, 20),
            id="its own time comes first",
        ),
        pytest.param(SEV2, None, {"publish_within": "999999d"}, date(2050, 1, 1), id="centuries"),
        pytest.param(SEV2 | {"resolved_at": "9999-12-31T00:00:00Z"}, None, {}, date.max, id="the end of the calendar"),
    ],
)
def test_the_last_day(
    matter: dict[str, Any], register: str | None, options: dict[str, object], expected: date | None
) -> None:
    one = postmortem(**matter)
    due = publication_due(one, corpus(register, one), settings(**options))
    assert due == expected or (expected == date(2050, 1, 1) and due is not None and due > expected)


@pytest.mark.parametrize(
    ("written", "matter", "expected"),
    [
        pytest.param(entry(more=OURS), PUBLISHED, Publication.IN_TIME, id="on the last day"),
        pytest.param(entry(more=OURS), PUBLISHED | {"published_on": "2024-02-21"}, Publication.LATE, id="a day after"),
        pytest.param(entry(more=OURS), SEV2 | {"status": "in-review"}, Publication.UNPUBLISHED, id="in review"),
        pytest.param(entry(more=OURS), SEV2, Publication.UNPUBLISHED, id="without a status"),
        pytest.param(entry(), None, Publication.UNPUBLISHED, id="not begun"),
        pytest.param(entry(more=", postmortem: 2024/9-x"), None, Publication.UNPUBLISHED, id="it does not exist"),
        pytest.param(
            entry(more=OURS),
            PUBLISHED | {"published_on": "unknown"},
            Publication.UNKNOWN,
            id="published nobody knows when",
        ),
        pytest.param(entry(resolved="unknown"), None, Publication.UNKNOWN, id="resolved nobody knows when"),
        pytest.param(
            entry(resolved="unknown", more=OURS),
            PUBLISHED,
            Publication.IN_TIME,
            id="the postmortem knows the resolution",
        ),
        pytest.param(entry(resolved="2024-02-16T00:00:00Z"), None, Publication.NOT_DUE, id="due today"),
        pytest.param(entry(resolved="2024-02-15T23:59:59Z"), None, Publication.UNPUBLISHED, id="due yesterday"),
        pytest.param(
            entry(resolved="2024-02-20T00:00:00Z", more=OURS),
            PUBLISHED,
            Publication.NOT_DUE,
            id="an early one waits for its day, too",
        ),
        pytest.param(entry(more=", waived: no user saw it"), None, Publication.WAIVED, id="waived"),
        pytest.param(
            entry(resolved="unknown", more=", waived: no user saw it"),
            None,
            Publication.WAIVED,
            id="waived, without a time",
        ),
        pytest.param(entry(severity="SEV3"), None, Publication.NOT_REQUIRED, id="its severity needs none"),
        pytest.param(
            entry(severity="SEV3", more=", waived: no user saw it"),
            None,
            Publication.NOT_REQUIRED,
            id="waived, although none was asked for",
        ),
        pytest.param(
            entry(severity="unknown", more=", waived: no user saw it"),
            None,
            Publication.WAIVED,
            id="waived, of unknown severity",
        ),
        pytest.param(entry(more=OURS), PUBLISHED | {"kind": "near-miss"}, Publication.NOT_REQUIRED, id="a near miss"),
        pytest.param(entry(severity="SEV3", more=OURS), PUBLISHED, Publication.NOT_REQUIRED, id="and has one"),
        pytest.param(entry(more=OURS), PUBLISHED | {"kind": "drill"}, Publication.NOT_REQUIRED, id="a drill"),
    ],
)
def test_how_far_an_entry_is(written: str, matter: dict[str, Any] | None, expected: Publication) -> None:
    members = [postmortem(**matter)] if matter else []
    policy = settings(postmortem_required=["SEV1", "SEV2"])
    (standing,) = register_statuses(corpus(written, *members), policy, TODAY)
    assert standing.publication is expected
    assert standing.postmortem is (members[0] if members else None)
    undated = (Publication.WAIVED, Publication.NOT_REQUIRED)
    assert (standing.due is None) == (expected in undated or (expected is Publication.UNKNOWN and matter is None))


def ids(dated_actions: Sequence[Any]) -> list[str]:
    return [one.entry.id for one in dated_actions]


REGISTER_OF_ALL = (
    entry("early", resolved="2024-02-28T00:00:00Z", more=OURS)
    + entry("in-time", more=OURS)
    + entry("late", resolved="2024-01-06T00:00:00Z", more=OURS)
    + entry("never")
    + entry("when", resolved="unknown")
    + entry("vendor", more=", waived: the vendor's outage alone")
    + entry("small", severity="SEV4")
    + entry("never-2")
)


def test_completion_names_what_stands_behind_each_count() -> None:
    policy = settings(postmortem_required=["SEV1", "SEV2"])
    found = Analysis(corpus(REGISTER_OF_ALL, postmortem(**PUBLISHED)), policy, TODAY).completion
    assert found is not None
    assert ids(found.in_time) == ["in-time"]
    assert ids(found.late) == ["late"]
    assert ids(found.unpublished) == ["never", "never-2"]
    assert ids(found.unknown) == ["when"]
    assert ids(found.not_due) == ["early"]
    assert ids(found.waived) == ["vendor"]
    assert ids(found.not_required) == ["small"]
    assert (found.n, found.missing, found.rate, found.interval) == (4, 1, 0.25, None)


def test_without_a_register_nobody_knows() -> None:
    assert Analysis(corpus(None, postmortem(**PUBLISHED)), settings(), TODAY).completion is None


def test_an_empty_register_has_no_rate() -> None:
    assert Analysis(corpus("[]"), settings(), TODAY).completion == Completion()
    assert (Completion().n, Completion().rate, Completion().interval) == (0, None, None)


def test_six_counted_entries_have_an_interval() -> None:
    one = postmortem(**PUBLISHED)
    register = "".join(entry(str(n), more=OURS if n % 2 else "") for n in range(6))
    found = Analysis(corpus(register, one), settings(), TODAY).completion
    assert found is not None
    assert found.rate == 0.5
    assert found.interval == Interval(pytest.approx(0.1876, abs=1e-4), pytest.approx(0.8124, abs=1e-4))


def test_one_severity_can_be_asked_for() -> None:
    dated_actions = register_statuses(corpus(REGISTER_OF_ALL, postmortem(**PUBLISHED)), settings(), TODAY)
    found = completion_of(one for one in dated_actions if one.entry.severity == "SEV4")
    assert (ids(found.unpublished), found.n, found.rate) == (["small"], 1, 0.0)
