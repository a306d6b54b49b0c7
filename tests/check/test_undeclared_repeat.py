"""PM405: what looks like an earlier incident says whether it repeats it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
TEMPLATE = Path(__file__).parents[2] / "docs/templates/postmortem-template.md"


def told_otherwise(template: str, day: str, **keys: str) -> str:
    """The template as another incident of the same owner, `shared-team`, and of another day, with other words.

    Every longer word before the action items is written backwards, so that it says nothing that the template says.
    """
    front, body = template.removeprefix("---\n").split("---\n", 1)
    text, actions = body.split("## Action Items")
    backwards = re.sub(r"[a-z]{4,}", lambda word: word.group()[::-1], text)
    keys = {"title": "Another one", "owner": "shared-team"} | keys
    lines = [line for line in front.splitlines() if line.split(":")[0] not in keys]
    lines += [f"{key}: {value}" for key, value in keys.items()]
    front = "\n".join(lines).replace("2024-02-06", day)
    return f"---\n{front}\n---\n{backwards}## Action Items{actions}"


@pytest.fixture
def found(check: Check, filled_template: str) -> Callable[..., list[Diagnostic]]:
    """What PM405 says of the template's incident, given earlier ones by their id: day, and keys that differ."""

    def find(
        earlier: dict[str, tuple[str, dict[str, str]]], *replaced: tuple[str, str], **options: object
    ) -> list[Diagnostic]:
        files = {
            f"postmortems/{name}/postmortem.md": told_otherwise(filled_template, day, **keys)
            for name, (day, keys) in earlier.items()
        }
        everything = check(("owner: storage-team", "owner: shared-team"), *replaced, files=files, **options)
        return [one for one in everything if one.rule == "undeclared-repeat" and one.place.path == PATH]

    return find


Found = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("keys", "message", "line", "column"),
    [
        pytest.param(
            {"patterns": "[]"}, 'the same root cause "connection pool exhaustion"', 12, 13, id="the root cause"
        ),
        pytest.param(
            {"root_cause": "leak"},
            'the same pattern "database-issues" on the same service "api"',
            14,
            12,
            id="a pattern and a service",
        ),
        pytest.param(
            {},
            'the same root cause "connection pool exhaustion", the same pattern "database-issues" on the same service "api"',
            12,
            13,
            id="both",
        ),
    ],
)
def test_the_message_says_why_and_how_long_before(
    keys: dict[str, str], message: str, line: int, column: int, found: Found
) -> None:
    (one,) = found({"2024/07-another": ("2024-01-05", keys)})
    assert one.message == f'looks like a repeat of "2024/07-another", 32 days earlier: {message}'
    assert (one.place.line, one.place.column) == (line, column)
    assert one.help.startswith(
        "write repeat_of: 2024/07-another, or not_repeat_of: {id: 2024/07-another, reason: …} saying what is different"
    )


def test_the_same_words_are_found_however_long_ago_and_stand_in_the_help(check: Check, filled_template: str) -> None:
    told = filled_template.replace("2024-", "2020-").replace("owner: storage-team", "owner: shared-team")
    told = told.replace("root_cause: connection pool exhaustion", "root_cause: unknown")
    told = told.replace("patterns: [database-issues]", "patterns: []")
    files = {"postmortems/2020/01-pool/postmortem.md": told}
    found = check(("owner: storage-team", "owner: shared-team"), files=files)
    (one,) = [one for one in found if one.rule == "undeclared-repeat"]
    assert one.message == 'looks like a repeat of "2020/01-pool", 1,461 days earlier: very similar text'
    assert (one.place.line, one.place.column) == (2, 8)
    assert "; shared terms: " in one.help
    assert "connection" in one.help


@pytest.mark.parametrize(("day", "words"), [("2024-02-05", ", 1 day earlier"), ("2024-02-06", ", on the same day")])
def test_the_distance_in_words(day: str, words: str, found: Found) -> None:
    (one,) = found({"2024/00-another": (day, {"started_at": f"{day}T01:00:00Z"})})
    assert f'"2024/00-another"{words}: ' in one.message


def test_the_help_tells_which_promises_of_the_earlier_one_are_open_and_how_long_overdue(found: Found) -> None:
    (one,) = found({"2024/07-another": ("2024-01-05", {"published_on": "2024-01-05"})}, today=date(2024, 4, 11))
    assert one.help.endswith(
        '; 2 of its 3 action items are still open: "Return a connection after every timeout" (41 days overdue), '
        '"Run the load tests with timeouts" (7 days overdue)'
    )
    (one,) = found({"2024/07-another": ("2024-01-05", {"published_on": "2024-01-05"})}, today=date(2024, 3, 2))
    assert one.help.endswith('timeout" (1 day overdue), "Run the load tests with timeouts"')


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        pytest.param(r"- \[ \]", "- [x]", "", id="all are closed"),
        pytest.param(r"kind: prevent\b[^)]*", "state: unknown", "", id="nobody knows"),
        pytest.param(
            "due: 2024-03-01",
            "due: 2024-05-01",
            '; 2 of its 3 action items are still open: "Run the load tests with timeouts" (7 days overdue), '
            '"Return a connection after every timeout"',
            id="the longest overdue first",
        ),
    ],
)
def test_other_states_of_its_promises(
    written: str, instead: str, told: str, check: Check, filled_template: str
) -> None:
    earlier = re.sub(written, instead, told_otherwise(filled_template, "2024-01-05", published_on="2024-01-05"))
    files = {"postmortems/2024/07-another/postmortem.md": earlier}
    found = check(("owner: storage-team", "owner: shared-team"), files=files, today=date(2024, 4, 11))
    (one,) = [one for one in found if one.rule == "undeclared-repeat"]
    assert one.help.endswith(f" saying what is different{told}")


def test_whether_it_fails_does_not_depend_on_the_day(found: Found) -> None:
    early, late = (
        found({"2024/07-another": ("2024-01-05", {})}, today=day) for day in (date(2024, 2, 7), date(2030, 1, 1))
    )
    assert [(one.level, one.message, one.place) for one in early] == [
        (one.level, one.message, one.place) for one in late
    ]


def test_one_finding_names_the_most_alike_and_counts_the_others(found: Found) -> None:
    earlier = {f"2024/1{n}-another": (f"2024-01-{n + 10}", {"root_cause": "leak"}) for n in range(8)}
    (one,) = found(earlier | {"2024/30-same": ("2024-01-02", {"patterns": "[]"})})
    assert one.message.startswith('looks like a repeat of "2024/30-same", 35 days earlier: ')
    assert "; 8 more incidents like it: 2024/17-another, 2024/16-another, 2024/15-another, " in one.help
    assert "and 3 more" in one.help


@pytest.mark.parametrize(
    "answer",
    [
        "repeat_of: 2024/07-another",
        "repeat_of: [2024/07-another]",
        "not_repeat_of: {id: 2024/07-another, reason: another pool}",
        "not_repeat_of: [{id: 2024/07-another, reason: another pool}]",
    ],
)
def test_an_answer_is_enough(answer: str, found: Found) -> None:
    earlier = {"2024/07-another": ("2024-01-05", {})}
    assert found(earlier)
    assert found(earlier, ("root_cause:", f"{answer}\nroot_cause:")) == []


def test_a_repeat_that_is_declared_is_not_to_be_replaced(found: Found) -> None:
    earlier = {
        "2024/07-another": ("2024-01-05", {}),
        "2023/07-old": ("2023-12-01", {"root_cause": "x", "services": "[x]"}),
    }
    (one,) = found(earlier, ("root_cause:", "repeat_of: 2023/07-old\nroot_cause:"))
    assert one.help.startswith("add 2024/07-another to repeat_of, or not_repeat_of: {id: 2024/07-another, reason: …}")


def test_the_window_is_the_setting_s(found: Found) -> None:
    earlier = {"2023/07-another": ("2023-02-06", {})}
    assert found(earlier) == []
    assert len(found(earlier, repeat_window="365d")) == 1


def test_two_fresh_drafts_from_the_template_are_no_repeat(check: Check) -> None:
    drafts = {f"postmortems/2024/0{number}-new/postmortem.md": TEMPLATE.read_text("utf-8") for number in (2, 3)}
    assert "undeclared-repeat" not in {one.rule for one in check(files=drafts)}


def test_an_id_that_yaml_would_not_read_as_it_is_comes_in_quotes(found: Found) -> None:
    (one,) = found({"2024/07-a: b": ("2024-01-05", {})})
    assert 'write repeat_of: "2024/07-a: b", or not_repeat_of: {id: "2024/07-a: b", reason: …}' in one.help
