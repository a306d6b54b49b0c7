"""PM901, PM902, and what other rules say about the incident register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postmortems.check.run import fails
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.read.text import LARGEST

Check = Callable[..., tuple[Diagnostic, ...]]

REGISTER = "postmortems/register.yml"
ID = "2024/01-database-connection-pool"
POSTMORTEM = f"postmortems/{ID}/postmortem.md"
DRAFT = ("status: published\n", "status: draft\n")
UNKNOWN_END = ("resolved_at: 2024-02-06T16:00:00Z\n", "resolved_at: unknown\n")
POLICY = {"publish_within": "14d"}


def entry(
    name: str = "INC-1",
    severity: str = "SEV2",
    resolved: str = "2024-02-06T16:00:00Z",
    postmortem: str = "",
    **more: str,
) -> str:
    keys = {"id": name, "severity": severity, "resolved_at": resolved} | more
    keys |= {"postmortem": postmortem} if postmortem else {}
    return "- " + "  ".join(f"{key}: {value}\n" for key, value in keys.items())


OURS = entry(postmortem=ID)


def said(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.place.path, one.place.line, one.message) for one in found]


LATE = "it was due on 2024-02-20, 10 days ago"


@pytest.mark.parametrize(
    ("status", "today", "message"),
    [
        pytest.param("draft", date(2024, 3, 1), f'the postmortem is still "draft"; {LATE}', id="a draft"),
        pytest.param("in-review", date(2024, 3, 1), f'the postmortem is still "in-review"; {LATE}', id="in review"),
        pytest.param(
            "draft",
            date(2024, 2, 21),
            'the postmortem is still "draft"; it was due on 2024-02-20, 1 day ago',
            id="the day after",
        ),
        pytest.param("draft", date(2024, 2, 20), None, id="the last day"),
        pytest.param("published", date(2024, 3, 1), None, id="published"),
    ],
)
def test_an_overdue_postmortem(status: str, today: date, message: str | None, check: Check) -> None:
    found = check(("status: published", f"status: {status}"), today=today, **POLICY)
    assert said(found) == ([("PM901", POSTMORTEM, 3, message)] if message else [])


def test_a_status_that_cannot_be_read_is_not_overdue(check: Check) -> None:
    assert {one.code for one in check(("status: published", "status: dun"), **POLICY)} == {"PM007"}


def test_a_drill_is_never_overdue(check: Check) -> None:
    assert check(DRAFT, ("owner: storage-team\n", "kind: drill\n"), **POLICY) == ()


def test_the_policy_says_which_severities_are_due_and_when(check: Check) -> None:
    assert said(check(DRAFT, publish_within={"SEV1": "5d", "default": "30d"})) == []
    assert [one.code for one in check(DRAFT, publish_within={"SEV2": "5d", "default": "30d"})] == ["PM901"]
    assert check(DRAFT, postmortem_required=["SEV1"], **POLICY) == ()


def test_an_end_that_is_unknown_is_taken_from_the_register(check: Check) -> None:
    assert check(DRAFT, UNKNOWN_END, **POLICY) == ()
    (found,) = check(DRAFT, UNKNOWN_END, files={REGISTER: OURS}, **POLICY)
    assert (found.code, found.place.path) == ("PM901", POSTMORTEM)


MISSED = 'incident "INC-2" has no postmortem; it was due on 2024-02-20, 10 days ago'


@pytest.mark.parametrize(
    ("register", "line", "message"),
    [
        pytest.param(OURS, 0, None, id="it has one"),
        pytest.param(OURS + entry("INC-2"), 5, MISSED, id="it has none"),
        pytest.param(OURS + entry("INC-2", resolved="2024-02-16T00:00:00Z"), 0, None, id="it is due today"),
        pytest.param(OURS + entry("INC-2", resolved="unknown"), 0, None, id="its end is unknown"),
        pytest.param(OURS + entry("INC-2", waived="no user saw it"), 0, None, id="it is waived"),
        pytest.param(OURS + entry("INC-2", "SEV4"), 0, None, id="its severity needs none"),
    ],
)
def test_an_incident_without_a_postmortem(register: str, line: int, message: str | None, check: Check) -> None:
    found = check(files={REGISTER: register}, postmortem_required=["SEV1", "SEV2"], **POLICY)
    assert said(found) == ([("PM902", REGISTER, line, message)] if message else [])


def test_one_that_is_begun_is_overdue_and_no_more(check: Check) -> None:
    assert [one.code for one in check(DRAFT, files={REGISTER: OURS}, **POLICY)] == ["PM901"]


OTHER = entry("INC-0", resolved="2024-02-01T00:00:00Z", waived="no user saw it")
UNREGISTERED = (
    "PM902",
    POSTMORTEM,
    4,
    "no register entry names this postmortem, and the register starts on 2024-02-01",
)


@pytest.mark.parametrize(
    ("register", "replaced", "expected"),
    [
        pytest.param(OTHER, (), [UNREGISTERED], id="since the register begins"),
        pytest.param(OTHER + OURS, (), [], id="it is there"),
        pytest.param(OTHER.replace("2024-02-01", "2024-02-07"), (), [], id="before the register begins"),
        pytest.param(OTHER.replace("2024-02-01", "2024-02-06"), (), [(*UNREGISTERED[:3], UNREGISTERED[3].replace("-01", "-06"))], id="on the day"),
        pytest.param(OTHER.replace("2024-02-01T00:00:00Z", "unknown"), (), [], id="a register without a beginning"),
        pytest.param("[]", (), [], id="an empty register"),
        pytest.param(OTHER, (UNKNOWN_END,), [UNREGISTERED], id="its end is unknown"),
        pytest.param(OTHER, (("owner: storage-team\n", "kind: near-miss\n"),), [], id="a near miss"),
        pytest.param(OTHER, (("owner: storage-team\n", "kind: drill\n"),), [], id="a drill"),
        pytest.param(OTHER, (("severity: SEV2", "severity: SEV3"),), [], id="its severity needs none"),
    ],
)  # fmt: skip
def test_a_postmortem_that_the_register_lacks(
    register: str, replaced: tuple[tuple[str, str], ...], expected: list[object], check: Check
) -> None:
    found = check(*replaced, files={REGISTER: register}, postmortem_required=["SEV1", "SEV2"])
    assert said(found) == expected


def test_without_a_register_no_incident_is_missed(check: Check) -> None:
    assert check(**POLICY) == ()


def test_a_day_gone_by_fails_no_run(check: Check) -> None:
    found = check(DRAFT, files={REGISTER: OURS + entry("INC-2")}, **POLICY)
    assert [(one.code, one.level) for one in found] == [("PM901", Level.WARNING), ("PM902", Level.WARNING)]
    assert not fails(found, strict=True)


def test_a_severity_off_the_scale_is_wrong_and_no_disagreement(check: Check) -> None:
    (found,) = check(files={REGISTER: entry(severity="SEV-2", postmortem=ID)})
    assert said((found,)) == [("PM007", REGISTER, 2, '"severity" is "SEV-2", which is not on the scale')]
    assert found.help == 'did you mean "SEV2"? the scale is SEV1, SEV2, SEV3, SEV4'


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        pytest.param(ID, None, id="there"),
        pytest.param("2024/01-database-conection-pool", f'did you mean "{ID}"?', id="misspelt"),
        pytest.param(f"docs/{POSTMORTEM}", f'did you mean "{ID}"?', id="the file"),
        pytest.param(
            "2019/x",
            "write the postmortem's folder with its year, such as 2024/01-slow-queries",
            id="not there",
        ),
    ],
)
def test_a_postmortem_that_is_named(name: str, advice: str | None, check: Check) -> None:
    found = check(files={REGISTER: entry(postmortem=name) + OURS.replace("INC-1", "INC-2")}, **POLICY)
    expected = [("PM406", REGISTER, 4, f'no postmortem has the id "{name}"')] if advice else []
    assert said(found) == expected
    assert [one.help for one in found] == ([advice] if advice else [])


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        pytest.param(
            entry(severity="SEV1", postmortem=ID),
            [(2, f'"severity" is "SEV1" here and "SEV2" in {ID}')],
            id="two severities",
        ),
        pytest.param(
            entry(resolved="2024-02-07T16:00:00Z", postmortem=ID),
            [(3, f'"resolved_at" is 2024-02-07 16:00 UTC here and 2024-02-06 16:00 UTC in {ID}')],
            id="ends a day apart",
        ),
        pytest.param(entry(resolved="2024-02-07T15:59:59Z", postmortem=ID), [], id="ends within a day"),
        pytest.param(entry(resolved="unknown", postmortem=ID), [], id="an unknown end disagrees with none"),
        pytest.param(OURS + entry("INC-2", "SEV3", "2024-02-26T00:00:00Z", ID), [], id="several incidents of one"),
    ],
)
def test_register_and_postmortem_disagree(register: str, expected: list[object], check: Check) -> None:
    found = check(files={REGISTER: register})
    assert [(one.place.line, one.message) for one in found] == expected
    assert {(one.code, one.place.path) for one in found} <= {("PM902", REGISTER)}


def test_where_a_whole_folder_has_moved_nobody_guesses_for_ever(check: Check) -> None:
    register = "".join(entry(f"INC-{number}", postmortem=ID.replace("01-", f"{number}-")) for number in range(60))
    found = check(files={REGISTER: register}, levels={"incident-without-postmortem": "off"})
    assert [f'did you mean "{ID}"?' == one.help for one in found] == [True] * 50 + [False] * 10


def test_a_drill_is_no_incident_of_the_register(check: Check) -> None:
    (found,) = check(("owner: storage-team\n", "kind: drill\n"), files={REGISTER: OURS})
    assert (found.code, found.place.path, found.place.line) == ("PM902", REGISTER, 4)
    assert found.message == f"{ID} is a drill, which is not counted"


def test_a_resolution_in_the_future(check: Check) -> None:
    found = check(files={REGISTER: OURS + entry("INC-2", resolved="2042-02-06T16:00:00Z")})
    assert said(found) == [("PM209", REGISTER, 7, '"resolved_at" is in the future: 2042-02-06 16:00 UTC')]


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("postmortems/register.yml", False),
        ("postmortems/register.yaml", True),
        ("postmortems/Register.yml", True),
        ("postmortems/2024/register.yml", True),
        ("register.yml", True),
        (f"postmortems/{ID}/artifacts/register.yml", False),
        ("postmortems/registered.yml", False),
    ],
)
def test_there_is_one_place_for_a_register(path: str, is_found: bool, check: Check) -> None:
    expected = [("PM009", path, 1, "the incident register is read only from docs/postmortems/register.yml")]
    assert said(check(files={path: OURS}, only="misplaced-file")) == (expected if is_found else [])


def test_everything_in_a_register_is_reported_at_once(check: Check) -> None:
    register = (
        "- id: A\n  sevrity: SEV1\n  resolved_at: 2024-02-06T16:00\n"
        "- id: A\n  severity: SEV9\n  resolved_at: 2042-02-06T16:00Z\n  postmortem: 2024/02-x\n  waived:\n"
        "- id: B\n  severity: SEV9\n  resolved_at: 2042-02-06T16:00Z\n  postmortem: 2024/02-x\n  waived:\n"
    )
    found = check(("severity: SEV2", "severity: SEV7"), files={REGISTER: register}, **POLICY)
    assert [(one.code, one.place.path.split("/")[-1], one.place.line) for one in found] == [
        ("PM007", "postmortem.md", 4),
        ("PM005", "register.yml", 1),
        ("PM006", "register.yml", 2),
        ("PM008", "register.yml", 3),
        ("PM004", "register.yml", 4),
        ("PM007", "register.yml", 8),
        ("PM007", "register.yml", 10),
        ("PM209", "register.yml", 11),
        ("PM406", "register.yml", 12),
        ("PM007", "register.yml", 13),
    ]


@pytest.mark.parametrize(
    ("content", "code", "message", "advice"),
    [
        pytest.param(b"- id: caf\xe9\n", "PM001", "is not UTF-8 text", "save the file as UTF-8", id="not UTF-8"),
        pytest.param(
            b"#" * (LARGEST + 1),
            "PM001",
            "the file is 2,097,153 bytes; only 2,097,152 are read",
            "remove years that no figure uses any more",
            id="too large",
        ),
        pytest.param(b"", "PM003", "the register is empty", "write [] while no incident qualifies", id="empty"),
        pytest.param(b"- {", "PM003", "the register is not valid YAML", "", id="broken YAML"),
    ],
)
def test_a_register_that_cannot_be_read(content: bytes, code: str, message: str, advice: str, check: Check) -> None:
    (found,) = check(files={REGISTER: content}, **POLICY)
    assert (found.code, found.place.path, found.level) == (code, REGISTER, Level.ERROR)
    assert message in found.message
    assert advice in found.help
