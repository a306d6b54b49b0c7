"""The schema of the front matter: what the check accepts it accepts, and what is broken it refuses at its place."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from tests.builders import corpus, pattern
from tests.conftest import FRONT_MATTER

from postmortems.model.duration import parse_duration
from postmortems.model.front_matter import KEYS, FrontMatter
from postmortems.render.data.front_matter_schema import front_matter_schema
from postmortems.settings import Settings

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "docs/postmortems").glob("*/*/postmortem.md"))
PATTERNS = tuple(pattern(path.stem) for path in (ROOT / "docs/patterns").glob("*.md") if path.stem != "index")


class AsWritten(yaml.SafeLoader):
    """YAML as an editor reads it: times and days are texts."""


AsWritten.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(*patterns: str, **options: Any) -> Draft202012Validator:
    schema = front_matter_schema(corpus(patterns=tuple(map(pattern, patterns))), Settings.model_validate(options))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VALIDATOR = validator("database-issues")


def broken(values: dict[str, Any], using: Draft202012Validator | None = None) -> list[str]:
    """The places of what is wrong, as `key` or `key[0]`; the key that is missing or unknown, in quotes."""
    found = []
    for error in (using or VALIDATOR).iter_errors(values):
        named = (
            error.message.partition("'")[2].partition("'")[0]
            if error.validator in ("required", "additionalProperties")
            else ""
        )
        found.append(error.json_path.removeprefix("$.") if not named else f"'{named}'")
    return sorted(found)


SOUND: dict[str, Any] = yaml.load(FRONT_MATTER.strip().strip("-"), AsWritten)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_real_front_matter_is_sound(path: Path) -> None:
    using = Draft202012Validator(front_matter_schema(corpus(patterns=PATTERNS), Settings()))
    front, _ = frontmatter.default_handlers.YAMLHandler().split(path.read_text("utf-8"))
    assert broken(yaml.load(front, AsWritten), using) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"x-of-ours": {"any": ["thing"]}, "tags": ["a"], "hide": ["toc"]}, []),
        ({"patterns": ["database-issues", {"pattern": "database-issues", "role": "trigger"}]}, []),
        ({"patterns": [{"pattern": "database-issues", "role": None}]}, []),
        ({"repeat_of": "2025/01-x", "not_repeat_of": [{"id": "2025/02-y", "reason": "another cause"}]}, []),
        ({"started_at": "unknown", "date": "2026-03-02"}, []),
        ({"started_at": "Unknown"}, ["'date'"]),
        ({"status": "draft", "published_on": None}, ["published_on"]),
        ({"severty": "SEV1"}, ["'severty'"]),
        ({"severity": "SEV9"}, ["severity"]),
        ({"title": 404}, ["title"]),
        ({"title": ""}, ["title"]),
        ({"status": "done"}, ["status"]),
        ({"kind": "outage"}, ["kind"]),
        ({"detected_by": "luck"}, ["detected_by"]),
        ({"services": "checkout"}, ["services"]),
        ({"services": []}, ["services"]),
        ({"started_at": "2026-03-02T14:20:00"}, ["started_at"]),
        ({"detected_at": "14:23"}, ["detected_at"]),
        ({"resolved_at": 863}, ["resolved_at"]),
        ({"date": "2 March"}, ["date"]),
        ({"detection_target": "soon"}, ["detection_target"]),
        ({"patterns": ["database-isues"]}, ["patterns[0]"]),
        ({"patterns": [{"pattern": "database-issues", "role": "cause"}]}, ["patterns[0]"]),
        ({"not_repeat_of": [{"id": "2025/02-y"}]}, ["not_repeat_of"]),
        ({"sources": ["example.org"]}, ["sources[0]"]),
    ],
    ids=str,
)
def test_what_is_broken_is_told_at_its_place(values: dict[str, Any], expected: list[str]) -> None:
    assert broken(SOUND | values) == expected


@pytest.mark.parametrize("key", [key for key in SOUND if key not in ("owner", "detected_by")])
def test_a_key_that_must_be_there_is_missed(key: str) -> None:
    assert broken({name: value for name, value in SOUND.items() if name != key}) == [f"'{key}'"]


NEAR_MISS = {key: value for key, value in SOUND.items() if not key.endswith("_at")} | {"kind": "near-miss"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"date": "2024-02-06"}, []),
        ({"started_at": "2024-02-06T14:20:00Z"}, []),
        ({"started_at": "unknown", "date": "2024-02-06"}, []),
        ({"started_at": "unknown"}, ["'date'"]),
        ({"date": "2024-02-06", "kind": "drill"}, [f"'{key}'" for key in sorted(SOUND) if key.endswith("_at")]),
        ({"status": "draft"}, []),
    ],
    ids=str,
)
def test_a_near_miss_needs_a_day_and_no_moments(values: dict[str, Any], expected: list[str]) -> None:
    assert broken(NEAR_MISS | values) == expected


def test_a_near_miss_without_any_day() -> None:
    assert len(broken(NEAR_MISS)) == 1


def test_a_draft_may_be_nearly_empty() -> None:
    assert broken({"title": "x", "status": "draft", "severity": "SEV1"}) == []
    assert broken({"title": "x", "status": "draft"}) == ["'severity'"]


def test_severities_and_patterns_are_those_of_this_knowledge_base() -> None:
    own = validator("retry-storms", severities=["minor", "major"])
    assert broken(SOUND | {"severity": "major", "patterns": ["retry-storms"]}, own) == []
    assert broken(SOUND, own) == ["patterns[0]", "severity"]


def test_without_any_pattern_none_is_refused() -> None:
    assert broken(SOUND, validator()) == []


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_described(key: str) -> None:
    assert front_matter_schema(corpus(), Settings())["properties"][key]["description"]


DIGITS = st.text("0123456789", min_size=1, max_size=4)
NEARLY_TIMES = st.one_of(
    st.datetimes(timezones=st.just(timezone(timedelta(hours=-5, minutes=-30)))).map(datetime.isoformat),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    st.from_regex(
        r"\A[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ]?[0-9]{2}(:?[0-9]{2}){0,2}([.,][0-9]{1,6})?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?\Z"
    ),
    st.sampled_from(["unknown", "UNKNOWN", " unknown ", "2026-W10-1T10:00Z", "never", ""]),
)


def accepted(key: str, text: str) -> bool:
    try:
        FrontMatter.model_validate({key: text})
    except ValidationError:
        return False
    return True


@given(NEARLY_TIMES)
def test_no_time_that_the_check_accepts_is_refused(text: str) -> None:
    if accepted("started_at", text):
        assert broken({**SOUND, "date": "2026-03-02", "started_at": text}) == []


@given(
    st.dates().flatmap(lambda day: st.sampled_from([f"{day}", f" {day:%Y%m%d} ", f"{day:%G-W%V-%u}", f"{day:%GW%V}"]))
)
def test_no_day_that_the_check_accepts_is_refused(text: str) -> None:
    for key in ("published_on", "date"):
        if accepted(key, text):
            assert broken({**SOUND, key: text}) == []


@given(st.lists(st.tuples(st.integers(0, 9999999), st.sampled_from("dhmsDHMSx ")), max_size=5))
def test_no_duration_that_the_check_accepts_is_refused(parts: list[tuple[int, str]]) -> None:
    text = " ".join(f"{number}{unit}" for number, unit in parts)
    if parse_duration(text) is not None:
        assert broken({**SOUND, "detection_target": text}) == []
