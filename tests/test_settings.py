"""One declaration an option: right ones are read, wrong ones are said all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postmortems.settings import RuleLevel, Settings, parse_settings


def test_an_empty_block_is_a_valid_one() -> None:
    assert parse_settings({}) == (Settings(), ())


def test_every_option_has_a_sentence_and_a_default() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert not field.is_required(), name


@pytest.mark.parametrize(
    ("options", "option", "value"),
    [
        pytest.param({"severities": ["P1", "P2"]}, "severities", {"P1": "", "P2": ""}, id="a scale as a list"),
        pytest.param(
            {"severities": ["P1"], "detection_targets": {"P1": "90s"}},
            "detection_targets",
            {"P1": timedelta(seconds=90)},
            id="a target",
        ),
        pytest.param({"sections": ["Timeline"]}, "sections", {"default": ("Timeline",)}, id="one list of sections"),
        pytest.param(
            {"levels": {"PM105": False}}, "levels", {"PM105": {"default": RuleLevel.OFF}}, id="a bare off of YAML"
        ),
        pytest.param(
            {"levels": {"PM105": {"default": "info", "SEV1": "error", "draft": False}}},
            "levels",
            {"PM105": {"default": RuleLevel.INFO, "SEV1": RuleLevel.ERROR, "draft": RuleLevel.OFF}},
            id="levels by severity and status",
        ),
        pytest.param({"publish_within": "5d"}, "publish_within", timedelta(days=5), id="a duration"),
    ],
)
def test_an_option_is_read(options: dict[str, object], option: str, value: object) -> None:
    settings, problems = parse_settings(options)
    assert problems == ()
    assert getattr(settings, option) == value


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        pytest.param({"time_zon": "UTC"}, [("time_zon", 'unknown option; did you mean "time_zone"?')], id="misspelt"),
        pytest.param(
            {"time_zone": "Mars", "publish_within": 5},
            [
                ("publish_within", "is not a duration such as 5m, 1h30m or 14d"),
                ("time_zone", "is not a time zone such as UTC or Europe/Berlin"),
            ],
            id="two at once",
        ),
        pytest.param(
            {"detection_targets": {"SEV9": "5m"}},
            [("detection_targets.SEV9", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)")],
            id="a severity that does not exist",
        ),
        pytest.param(
            {"services": "../../etc/passwd"},
            [("services", "must stay inside the project: a relative path without ..")],
            id="a path that leaves the project",
        ),
        pytest.param(
            {"levels": {"PM105": "fatal", "PM101": {"SEV1": "of"}, "PM102": [1], "PM103": None, "PM104": True}},
            [
                ("levels.PM105", "is none of error, warning, info and off"),
                ("levels.PM101.SEV1", "is none of error, warning, info and off"),
                ("levels.PM102", "is none of error, warning, info and off"),
                ("levels.PM103", "is none of error, warning, info and off"),
                ("levels.PM104", "is none of error, warning, info and off"),
            ],
            id="what is no level",
        ),
        pytest.param(
            {"severities": ["P1"], "levels": {"PM105": {"p1": "off", "drft": "off", "SEV1": "off", "P1": "off"}}},
            [
                ("levels.PM105.p1", 'is no status, no severity and not default; did you mean "P1"?'),
                ("levels.PM105.drft", 'is no status, no severity and not default; did you mean "draft"?'),
                (
                    "levels.PM105.SEV1",
                    "is no status, no severity and not default; the keys are default, draft, in-review, published, P1",
                ),
            ],
            id="a level for nothing that there is",
        ),
    ],
)
def test_what_is_wrong_is_said_all_at_once(options: dict[str, object], wrong: list[tuple[str, str]]) -> None:
    _, problems = parse_settings(options)
    assert [(one.option, one.message) for one in problems] == wrong


def test_required_sections_go_by_severity() -> None:
    settings, _ = parse_settings({"sections": {"SEV4": ["Timeline"], "default": ["Timeline", "Action Items"]}})
    assert settings.required_sections("SEV4") == ("Timeline",)
    assert settings.required_sections("SEV1") == ("Timeline", "Action Items")
