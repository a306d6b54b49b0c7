"""One declaration an option: right ones are read, wrong ones are said all at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from postmortems.model.front_matter import IncidentKind
from postmortems.read.settings_file import open_catalogue
from postmortems.settings import REQUIRED_SECTIONS, Settings
from postmortems.settings.option_types import RuleLevel
from postmortems.settings.parsing import parse_settings


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
        pytest.param({"largest_artifact": "2MB"}, "largest_artifact", 2_000_000, id="a size"),
        pytest.param({"largest_artifact": "1.5 MiB"}, "largest_artifact", 1_572_864, id="a size in powers of two"),
        pytest.param({"largest_artifact": 4096}, "largest_artifact", 4096, id="a size in bytes"),
        pytest.param({"publish_within": "5d"}, "publish_within", {"default": timedelta(days=5)}, id="one duration"),
        pytest.param(
            {"publish_within": {"SEV1": "36h", "default": "30d"}},
            "publish_within",
            {"SEV1": timedelta(hours=36), "default": timedelta(days=30)},
            id="a duration for each severity",
        ),
        pytest.param(
            {"postmortem_required": ["SEV1", "SEV2"]}, "postmortem_required", ("SEV1", "SEV2"), id="what qualifies"
        ),
        pytest.param({"columns": {"Wer": "Owner"}}, "columns", {"Wer": "owner"}, id="a word for a column"),
        pytest.param({"states": {"[~]": "dropped"}}, "states", {"[~]": "dropped"}, id="a mark for a state"),
        pytest.param({"postmortem_required": "SEV1"}, "postmortem_required", ("SEV1",), id="one severity qualifies"),
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
            {"columns": {"Wer": "ownr", "Was": 5}, "states": {"Superseded": "droped", "Terminé": True}},
            [
                ("columns.Wer", 'is not a column; did you mean "owner"?'),
                (
                    "columns.Was",
                    "is not a column; the columns are action, owner, due, state, is_done, ticket, kind, done, time, event,"
                    " actor, phase, link",
                ),
                ("states.Superseded", 'is not a state; did you mean "dropped"?'),
                ("states.Terminé", "is not a state; the states are open, done, dropped, unknown"),
            ],
            id="columns and states",
        ),
        pytest.param(
            {"publish_within": {"SEV1": "soon", "SEV9": "5d"}},
            [("publish_within.SEV1", "is not a duration such as 5m, 1h30m or 14d")],
            id="a duration of one severity",
        ),
        pytest.param(
            {"publish_within": {"SEV9": "5d", "default": "14d"}},
            [("publish_within.SEV9", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)")],
            id="a duration for a severity that does not exist",
        ),
        pytest.param(
            {"publish_within": None, "postmortem_required": []},
            [
                ("publish_within", "is not a duration such as 5m, 1h30m or 14d"),
                ("postmortem_required", "is empty; leave it out if all severities need a postmortem"),
            ],
            id="a policy without values",
        ),
        pytest.param(
            {"postmortem_required": ["SEV1", "SEV0", "default"]},
            [
                ("postmortem_required.SEV0", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)"),
                ("postmortem_required.default", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)"),
            ],
            id="severities that do not exist need a postmortem",
        ),
        pytest.param(
            {"postmortem_required": {"SEV1": True}, "sections": [1]},
            [
                ("postmortem_required", "is not a list of severities such as [SEV1, SEV2]"),
                ("sections.0", "is not text"),
            ],
            id="a mapping for a list",
        ),
        pytest.param(
            {"detection_targets": {"SEV9": "5m"}},
            [("detection_targets.SEV9", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)")],
            id="a severity that does not exist",
        ),
        pytest.param(
            {"sections": {"sev1": ["Timeline"]}},
            [("sections.sev1", 'is not in the severity scale (SEV1, SEV2, SEV3, SEV4); did you mean "SEV1"?')],
            id="a severity in other letters",
        ),
        pytest.param(
            {"detection_targets": {"default": "5m", "SEV1": "1m"}},
            [("detection_targets.default", "is not in the severity scale (SEV1, SEV2, SEV3, SEV4)")],
            id="a target for all",
        ),
        pytest.param(
            {"services": "../../etc/passwd"},
            [("services", "must stay inside the project: a relative path without ..")],
            id="a path that leaves the project",
        ),
        pytest.param(
            {"levels": {"PM105": "fatal", "PM101": {"SEV1": "of"}, "PM102": [1], "PM103": None, "PM104": True}},
            [
                ("levels.PM105", "is not one of error, warning, info, off"),
                ("levels.PM101.SEV1", "is not one of error, warning, info, off"),
                ("levels.PM102", "is not one of error, warning, info, off"),
                ("levels.PM103", "is not one of error, warning, info, off"),
                ("levels.PM104", "is not one of error, warning, info, off"),
            ],
            id="what is no level",
        ),
        pytest.param(
            {"severities": ["P1"], "levels": {"PM105": {"p1": "off", "drft": "off", "SEV1": "off", "P1": "off"}}},
            [
                ("levels.PM105.p1", 'is not a status, a severity or default; did you mean "P1"?'),
                ("levels.PM105.drft", 'is not a status, a severity or default; did you mean "draft"?'),
                (
                    "levels.PM105.SEV1",
                    "is not a status, a severity or default; the keys are default, draft, in-review, published, P1",
                ),
            ],
            id="a level for nothing that there is",
        ),
    ],
)
def test_what_is_wrong_is_said_all_at_once(options: dict[str, object], wrong: list[tuple[str, str]]) -> None:
    _, problems = parse_settings(options)
    assert [(one.option, one.message) for one in problems] == wrong


@pytest.mark.parametrize("value", ["big", "-1MB", -1, True, None, ["1MB"], "1MB2"])
def test_what_is_no_size(value: object) -> None:
    _, (problem,) = parse_settings({"largest_artifact": value})
    assert (problem.option, problem.message) == ("largest_artifact", "is not a size such as 500kB or 2MB")


def test_required_sections_go_by_severity() -> None:
    settings, _ = parse_settings({"sections": {"SEV4": ["Timeline"], "default": ["Timeline", "Action Items"]}})
    assert settings.required_sections("SEV4") == ("Timeline",)
    assert settings.required_sections("SEV1") == ("Timeline", "Action Items")


def test_required_sections_of_a_kind_come_before_those_of_a_severity() -> None:
    settings, problems = parse_settings({"sections": {"SEV4": ["Timeline"], "near-miss": ["Executive Summary"]}})
    assert problems == ()
    assert settings.required_sections("SEV4", IncidentKind.NEAR_MISS) == ("Executive Summary",)
    assert settings.required_sections("SEV4", IncidentKind.DRILL) == ("Timeline",)
    assert settings.required_sections("SEV1") == REQUIRED_SECTIONS
    [problem] = parse_settings({"sections": {"near miss": ["Timeline"]}})[1]
    assert problem.message.endswith('did you mean "near-miss"?')


def test_the_time_to_publish_goes_by_severity() -> None:
    settings, _ = parse_settings({"publish_within": {"SEV1": "5d", "default": "30d"}})
    assert [settings.time_to_publish(severity).days for severity in ("SEV1", "SEV2", None)] == [5, 30, 30]
    without_default, _ = parse_settings({"publish_within": {"SEV1": "5d"}})
    assert [without_default.time_to_publish(severity).days for severity in ("SEV1", "SEV2")] == [5, 14]


def test_what_qualifies_goes_by_severity() -> None:
    severities = ("SEV1", "SEV2", "SEV3", "P1", None)
    settings, _ = parse_settings({"postmortem_required": ["SEV1", "SEV2"]})
    assert [settings.requires_postmortem(one) for one in severities] == [True, True, False, True, True]
    assert all(Settings().requires_postmortem(one) for one in severities)


@pytest.mark.parametrize(
    ("personal_data", "option", "message"),
    [
        (
            {"identifiers": ["("]},
            "identifiers.0",
            "is not a regular expression: missing ), unterminated subpattern at position 0",
        ),
        ({"identifiers": ["A-1", r"\d*"]}, "identifiers.1", "matches empty text, so it would be found everywhere"),
        ({"identifiers": [7]}, "identifiers.0", "is not a regular expression of at most 500 characters"),
        ({"identifier": ["x"]}, "identifier", 'unknown option; did you mean "identifiers"?'),
        ({"zzz": 1}, "zzz", "unknown option; the options are identifiers, allow, phone_region"),
        ({"phone_region": "Mars"}, "phone_region", "is not a country code of two capital letters such as GB or DE"),
        ({"phone_region": ["GB"]}, "phone_region", "is not a country code of two capital letters such as GB or DE"),
    ],
)
def test_what_is_wrong_inside_personal_data_is_said_with_its_place(
    personal_data: dict[str, object], option: str, message: str
) -> None:
    _, problems = parse_settings({"personal_data": personal_data})
    assert [(one.option, one.message) for one in problems] == [(f"personal_data.{option}", message)]


def test_personal_data_is_read() -> None:
    given = {"identifiers": [r"CUST-\d{6}"], "allow": ["*@status.example"], "phone_region": "GB"}
    settings, problems = parse_settings({"personal_data": given})
    assert problems == ()
    assert [pattern.pattern for pattern in settings.personal_data.patterns] == [r"CUST-\d{6}"]
    assert (settings.personal_data.allow, settings.personal_data.phone_region) == (("*@status.example",), "GB")


@pytest.mark.parametrize("folder", ["a\0b", "a\nb", "\x1b[31m", "../a", "/a", "a/../b", "assets"])
def test_a_folder_that_cannot_be_one_is_refused(folder: str) -> None:
    _, problems = parse_settings({"folder": folder})
    assert [one.option for one in problems] == ["folder"]


NONSENSE = [
    *(
        None,
        True,
        -1,
        1.5,
        float("nan"),
        float("inf"),
        16**5_000,
        "",
        "\0",
        "\x1b[31m",
        "a\nb",
        "x" * 300,
        "..",
        "[",
        "~",
    ),
    *(b"x", date(2026, 1, 1), (1,), [], [[]], [["a"]], [{}], [{"a": 1}], [None], [True], ["../x"]),
    *({}, {1: 2}, {None: None}, {"a": None}, {"a": []}, {"a": {"b": {}}}, {("a", "b"): 1}, {"": ""}, {"\0": "\0"}),
    *({"SEV1": None}, {"SEV1": "999999d"}, {"default": []}, {"PM101": {}}, {"PM101": {"x": 1}}, {"nope": "off"}),
    *({"identifiers": ["("]}, {"allow": [1]}, {"phone_region": "XX"}),
]


@pytest.mark.parametrize("option", [*Settings.model_fields, "nope", 1, None])
def test_no_nonsense_raises_and_what_is_wrong_is_said_in_words(option: object, tmp_path: Path) -> None:
    for number, value in enumerate(NONSENSE):
        settings, problems = parse_settings({option: value})  # type: ignore[dict-item]
        problems = problems or open_catalogue(tmp_path, settings)[1]
        for one in problems:
            assert one.message, number
            assert not any(word in one.message for word in ("Input should", "valid dictionary", "Errno", "object at"))


def test_a_severity_that_is_a_list_is_said() -> None:
    _, problems = parse_settings({"severities": [["a"]]})
    assert [(one.option, one.message) for one in problems] == [
        ("severities", "contains a list or a mapping; list the severities, such as [SEV1, SEV2]")
    ]
