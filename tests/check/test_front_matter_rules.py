"""PM005, PM007, PM009 and PM010: what is said, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]
Replaced = tuple[tuple[str, str], ...]

STARTED = "started_at: 2024-02-06T14:20:00Z\n"


def said(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, str]]:
    return [(one.code, one.place.line, one.message) for one in found]


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param(
            (("root_cause: connection pool exhaustion\n", ""),),
            [("PM005", 1, 'the front matter has no "root_cause"')],
            id="a key that is not there",
        ),
        pytest.param(
            (("patterns: [database-issues]\n", "patterns: []\n"), ("connection pool exhaustion", "unknown")),
            [],
            id="no patterns and an unknown cause are answers",
        ),
        pytest.param(
            (("services: [api]", "services: []"),), [("PM005", 5, '"services" is empty')], id="no service is none"
        ),
        pytest.param(
            ((STARTED, "started_at: unknown\n"),),
            [("PM005", 1, 'the front matter has no "date", and "started_at" is unknown')],
            id="the start is unknown",
        ),
        pytest.param(((STARTED, "started_at: unknown\ndate: 2024-02-06\n"),), [], id="with the day instead"),
        pytest.param(
            ((STARTED, ""),), [("PM005", 1, 'the front matter has no "started_at"')], id="no start needs no date yet"
        ),
        pytest.param(
            (("published_on: 2024-02-12\n", ""),),
            [("PM005", 1, 'the front matter has no "published_on", and "status" is published')],
            id="published without a day",
        ),
        pytest.param(
            (("published_on: 2024-02-12\n", ""), ("status: published", "status: in-review")), [], id="not yet published"
        ),
        pytest.param(
            (("severity: SEV2", "severity: sev2"),),
            [("PM007", 4, '"severity" is "sev2", which is not on the scale')],
            id="severity in another case",
        ),
    ],
)
def test_values_of_the_front_matter(replaced: Replaced, expected: list[tuple[str, int, str]], check: Check) -> None:
    assert said(check(*replaced, levels={"pattern-without-incident": "off"})) == expected


@pytest.mark.parametrize("front", ["---\n---\n", "---\n# nothing yet\n---\n"], ids=["empty", "only a comment"])
def test_empty_front_matter_lacks_every_key(front: str, check: Check, filled_template: str) -> None:
    path = "postmortems/2024/01-database-connection-pool/postmortem.md"
    found = check(files={path: front + filled_template.split("---\n", 2)[2]})
    assert {one.rule for one in found} == {"missing-field"}
    assert len(found) == 10


def test_a_broken_front_matter_is_one_problem_and_not_eleven(check: Check) -> None:
    assert [one.rule for one in check(("services: [api]", "services: [api"))] == ["invalid-yaml"]


def test_the_scale_is_that_of_the_settings(check: Check) -> None:
    (found,) = check(severities=["critical", "minor"], detection_targets={})
    assert (found.rule, found.help) == ("invalid-value", "write one of critical, minor")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("postmortems/2024/02-x/postmortem.md", [], id="the place"),
        pytest.param("postmortems/2024/02-x.md", [], id="a flat file in its year"),
        pytest.param("postmortems/2024/index.md", [("warning", "looks like a postmortem")], id="an index is none"),
        pytest.param(
            "postmortems/2024/02-x/README.md", [("warning", "looks like a postmortem")], id="a readme is none"
        ),
        pytest.param(
            "postmortems/2024/01-database-connection-pool/notes/talk.md",
            [("warning", "has the front matter of a postmortem and is in the folder of")],
            id="what lies beside a postmortem",
        ),
        pytest.param("postmortems/x/postmortem.md", [("warning", "is not in a year folder")], id="no year"),
        pytest.param("postmortems/x.md", [("warning", "is not in a year folder")], id="flat without a year"),
        pytest.param("postmortems/2024.md", [("error", "is a year")], id="a year"),
        pytest.param("postmortems/2024/postmortem.md", [("error", "is a year")], id="a year's folder"),
        pytest.param("postmortems/2023/02-x.md", [("warning", "but the file is in 2023")], id="another year"),
        pytest.param("postmortems/2024/q1/x.md", [("warning", "nested too deeply")], id="too deep"),
        pytest.param(
            "postmortems/2024/01-database-connection-pool.md",
            [("error", 'has the same id, "2024/01-database-connection-pool"')],
            id="equal ids",
        ),
    ],
)
def test_places_of_postmortems(path: str, expected: list[tuple[str, str]], check: Check, filled_template: str) -> None:
    found = check(files={path: filled_template}, only="misplaced-file")
    assert len(found) == len(expected)
    for one, (level, words) in zip(found, expected, strict=True):
        assert one.level == level
        assert words in one.message


@pytest.mark.parametrize(
    ("started", "folder", "found"),
    [
        ("2024-12-31T23:30:00Z", "2025", 0),
        ("2025-01-01T00:30:00Z", "2024", 0),
        ("2024-12-30T23:30:00Z", "2025", 1),
    ],
)
def test_around_new_year_either_folder_is_right(
    started: str, folder: str, found: int, check: Check, filled_template: str
) -> None:
    front, body = filled_template.removeprefix("---\n").split("---\n", 1)
    kept = [line for line in front.splitlines(keepends=True) if "_at:" not in line and "_on:" not in line]
    moments = f"started_at: {started}\ndetected_at: unknown\nmitigated_at: unknown\nresolved_at: unknown\n"
    text = f"---\n{''.join(kept)}{moments}---\n{body}".replace("published", "in-review")
    reported = check(files={f"postmortems/{folder}/02-x/postmortem.md": text}, only="misplaced-file")
    assert len(reported) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("postmortems/2024/02-x/timeline.json", 1),
        ("postmortems/2024/01-database-connection-pool/artifacts/timeline.json", 0),
        ("data/timeline.json", 0),
    ],
)
def test_a_timeline_without_a_postmortem(path: str, found: int, check: Check) -> None:
    assert [one.place.path for one in check(files={path: "[]"}, only="misplaced-file")] == [path] * found


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["2024/01-x"], [("2024/01-x", "02")], id="the second by name"),
        pytest.param(["2024/1-x"], [("2024/1-x", "02")], id="written without its zero"),
        pytest.param(["2024/01-x", "2024/01-y", "2024/07-z"], [("2024/01-x", "08"), ("2024/01-y", "09")], id="several"),
        pytest.param(["2024/02-x"], [], id="another number"),
        pytest.param(["2024/x", "2024/y"], [], id="no number"),
        pytest.param(["2024/010-x"], [], id="ten is not one"),
    ],
)
def test_numbers_of_a_year(
    names: list[str], expected: list[tuple[str, str]], check: Check, filled_template: str
) -> None:
    found = check(files={f"postmortems/{name}/postmortem.md": filled_template for name in names})
    assert [(one.place.path, one.help) for one in found] == [
        (f"postmortems/{name}/postmortem.md", f"rename the folder; {free} is free") for name, free in expected
    ]
    assert {one.rule for one in found} <= {"duplicate-number"}
