"""The register: what is sound reads without a word, and each fault is one problem at its line; nothing raises."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.register import Register, RegisterEntry
from postmortems.read.register import ENTRY_KEYS, read_register

REGISTER = "postmortems/register.yml"

WHOLE = """\
# The pager's incidents of SEV1 and SEV2
- id: INC-412
  severity: SEV2
  resolved_at: 2024-02-06T17:00:00+01:00
  title: "Checkout: timeouts"
  postmortem: 2024/01-checkout
- {id: 0413, severity: SEV1, resolved_at: unknown, waived: the vendor's outage alone}
- id: INC-414
  severity: SEV1
  resolved_at: 2024-02-09 08:30:00Z
  x-pager: {url: "https://pager.example.com/414"}
"""


def read(text: str | bytes) -> tuple[Register, list[tuple[str, int, int, str, str]]]:
    register, problems = read_register(REGISTER, text.encode() if isinstance(text, str) else text)
    assert {one.place.path for one in problems} <= {REGISTER}
    return register, [(one.rule, one.place.line, one.place.column, one.message, one.help) for one in problems]


def values(entry: RegisterEntry) -> tuple[object, ...]:
    return entry.id, entry.severity, entry.resolved_at, entry.title, entry.postmortem, entry.waived


def test_a_whole_register_is_read_typed() -> None:
    register, found = read(WHOLE)
    assert found == []
    assert [values(entry) for entry in register.entries] == [
        (
            "INC-412",
            "SEV2",
            datetime(2024, 2, 6, 16, tzinfo=UTC),
            "Checkout: timeouts",
            "2024/01-checkout",
            None,
        ),
        ("0413", "SEV1", None, "", None, "the vendor's outage alone"),
        ("INC-414", "SEV1", datetime(2024, 2, 9, 8, 30, tzinfo=UTC), "", None, None),
    ]
    first, second, third = register.entries
    assert (first.place.line, first.place_of("postmortem").line, first.place_of("waived").line) == (2, 6, 2)
    assert (second.place_of("waived").line, second.place_of("waived").column) == (7, 60)
    assert list(register.of_postmortem) == ["2024/01-checkout"]
    assert third.place.column == 7


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("﻿" + WHOLE, id="byte order mark"),
        pytest.param(WHOLE.replace("\n", "\r\n"), id="CRLF"),
        pytest.param("---\n" + WHOLE + "...\n", id="the marks of a YAML document"),
        pytest.param("[]\n", id="no incident yet"),
    ],
)
def test_what_is_sound_has_no_problem(text: str) -> None:
    assert read(text)[1] == []


SOUND = "- id: A\n  severity: SEV1\n  resolved_at: unknown\n"
TIME = "write day, time and zone, such as 2026-11-20T14:23:00Z, or unknown"
REASON = "write the reason in one line, such as waived: no user was affected"
EMPTY = (("invalid-yaml", 1, 1, "the register is empty", "write [] while no incident qualifies"),)
NO_LIST = "the register is not a list of incidents"
BEGIN = 'start each incident with "- id: INC-412"'
NO_KEYS = "an entry of the register has no keys"
BEGIN_ENTRY = 'start it with "- id: INC-412", and write its other keys under it'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", EMPTY, id="empty"),
        pytest.param("# none yet\n", EMPTY, id="a comment alone"),
        pytest.param("incidents: []", (("invalid-yaml", 1, 1, NO_LIST, BEGIN),), id="a mapping"),
        pytest.param("INC-412", (("invalid-yaml", 1, 1, NO_LIST, BEGIN),), id="a word"),
        pytest.param(
            "- id: A\n severity: SEV1\n",
            (
                (
                    "invalid-yaml",
                    2,
                    2,
                    "the register is not valid YAML: did not find expected '-' indicator, at \"severity: SEV1\"",
                    "put each key on its own line, followed by a colon and a space",
                ),
            ),
            id="broken YAML",
        ),
        pytest.param(
            SOUND + "  title: Checkout: timeouts\n",
            (
                (
                    "invalid-yaml",
                    4,
                    18,
                    'the register is not valid YAML: mapping values are not allowed in this context, at "title: Checkout: timeouts"',
                    'quote a value that contains ": "',
                ),
            ),
            id="a colon in a title",
        ),
        pytest.param(
            "- INC-412\n-\n",
            (
                ("invalid-value", 1, 3, NO_KEYS, BEGIN_ENTRY),
                ("invalid-value", 2, 2, NO_KEYS, BEGIN_ENTRY),
            ),
            id="entries that are none",
        ),
        pytest.param(
            "- id: A\n  sevrity: SEV1\n  resolved_at: unknown\n",
            (
                (
                    "unknown-field",
                    2,
                    3,
                    '"sevrity" is not a valid key in an entry of the register',
                    'did you mean "severity"?',
                ),
                ("missing-field", 1, 3, '"A" has no "severity"', "write one of the severity scale"),
            ),
            id="a misspelt key",
        ),
        pytest.param(
            SOUND + "  team: payments\n",
            (
                (
                    "unknown-field",
                    4,
                    3,
                    '"team" is not a valid key in an entry of the register',
                    "the keys are id, severity, resolved_at, title, postmortem, waived; "
                    'keys of your own start with "x-"',
                ),
            ),
            id="a key of one's own",
        ),
        pytest.param(
            "- severity: SEV1\n  resolved_at: unknown\n",
            (
                (
                    "missing-field",
                    1,
                    3,
                    'an entry of the register has no "id"',
                    "write the incident's own id, such as id: INC-412",
                ),
            ),
            id="no id",
        ),
        pytest.param(
            "- id: A\n  severity:\n  resolved_at: unknown\n  title:\n",
            (
                ("missing-field", 2, 3, '"severity" has no value', "write one of the severity scale"),
                ("invalid-value", 4, 3, '"title" has no value', "write one, or remove the line"),
            ),
            id="keys without a value",
        ),
        pytest.param(
            SOUND + SOUND,
            (
                (
                    "duplicate-key",
                    4,
                    7,
                    'incident "A" is listed twice; the first is on line 1',
                    "keep one of the two",
                ),
            ),
            id="one incident twice",
        ),
        pytest.param(
            SOUND + "  id: B\n",
            (
                (
                    "duplicate-key",
                    4,
                    3,
                    '"id" is set twice; the first is on line 1',
                    "keep one: YAML parsers silently drop the other",
                ),
            ),
            id="one key twice",
        ),
        pytest.param(
            SOUND.replace("unknown", "2024-02-06T16:00:00"),
            (
                (
                    "time-without-zone",
                    3,
                    16,
                    '"resolved_at" is "2024-02-06T16:00:00", a time without a time zone',
                    'write the offset or Z for UTC: "2024-02-06T16:00:00Z"',
                ),
            ),
            id="a time without a zone",
        ),
        pytest.param(
            SOUND.replace("unknown", "2024-02-06"),
            (("invalid-value", 3, 16, '"resolved_at" is "2024-02-06", which names a day but no time', TIME),),
            id="a day",
        ),
        pytest.param(
            SOUND.replace("unknown", "16:00"),
            (("invalid-value", 3, 16, '"resolved_at" is 16:00, which YAML reads as the number 960', TIME),),
            id="a time that YAML takes for a number",
        ),
        pytest.param(
            SOUND.replace("SEV1", "1"),
            (
                (
                    "invalid-value",
                    2,
                    13,
                    '"severity" is 1, which YAML reads as the number 1',
                    'put it in quotes: severity: "1"',
                ),
            ),
            id="a number for a severity",
        ),
        pytest.param(
            SOUND + "  waived:\n", (("invalid-value", 4, 3, '"waived" has no value', REASON),), id="no reason"
        ),
        pytest.param(
            SOUND + "  waived: yes\n",
            (("invalid-value", 4, 11, '"waived" is yes, which YAML reads as true', REASON),),
            id="waived for no reason",
        ),
        pytest.param(
            SOUND + '  waived: " "\n',
            (("invalid-value", 4, 11, '"waived" is empty', REASON),),
            id="a blank for a reason",
        ),
        pytest.param(
            SOUND + "  postmortem: 2024/01-a\n  waived: no user was affected\n",
            (("invalid-value", 5, 3, '"A" has a postmortem and is waived', "keep one of the two"),),
            id="both",
        ),
        pytest.param(
            SOUND + "  postmortem: [2024/01-a, 2024/02-b]\n",
            (
                (
                    "invalid-value",
                    4,
                    15,
                    '"postmortem" is a list, not one line of text',
                    "write the postmortem's folder in postmortems/, or remove the line while there is none",
                ),
            ),
            id="two postmortems",
        ),
        pytest.param(
            b"- id: caf\xe9\n",
            (
                (
                    "unreadable-file",
                    1,
                    10,
                    "the file is not UTF-8 text: byte 0xe9 at position 9",
                    "save the file as UTF-8",
                ),
            ),
            id="not UTF-8",
        ),
        pytest.param(
            "- " * 300, (("invalid-yaml", 1, 1, "the YAML is nested too deeply", "flatten it"),), id="nested deeply"
        ),
        pytest.param(
            "- &a [*a]\n",
            (("invalid-yaml", 1, 3, "the YAML has too many values or is nested too deeply", "shorten it"),),
            id="a ring",
        ),
        pytest.param(
            "- &a [1,1,1,1,1,1,1,1,1,1]\n"
            + "".join(f"- &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
            (("invalid-yaml", 1, 23, "the YAML has too many values or is nested too deeply", "shorten it"),),
            id="aliases that multiply",
            marks=pytest.mark.large,
        ),
    ],
)
def test_what_is_wrong_is_said_once_with_its_line(
    text: str | bytes, expected: tuple[tuple[str, int, int, str, str], ...]
) -> None:
    assert read(text)[1] == list(expected)


def test_everything_is_reported_at_once_and_what_is_sound_is_kept() -> None:
    register, found = read(
        "- id: A\n  sevrity: SEV1\n  resolved_at: 16:00\n- id: A\n  severity: SEV1\n  resolved_at: unknown\n"
        "- nothing\n- id: B\n  severity: SEV1\n  resolved_at: 2024-02-06T16:00Z\n  waived:\n"
    )
    assert [(rule, line) for rule, line, *_ in found] == [
        ("unknown-field", 2),
        ("invalid-value", 3),
        ("missing-field", 1),
        ("duplicate-key", 4),
        ("invalid-value", 7),
        ("invalid-value", 11),
    ]
    assert [(entry.id, entry.severity) for entry in register.entries] == [("A", None), ("B", "SEV1")]


def test_of_an_entry_with_both_the_postmortem_counts() -> None:
    register, _ = read(SOUND + "  postmortem: 2024/01-a\n  waived: no user was affected\n")
    assert (register.entries[0].postmortem, register.entries[0].waived) == ("2024/01-a", None)


def test_titles_that_were_cut_off_within_a_bracket_do_not_nest() -> None:
    many = "".join(f"- id: {n}\n  severity: SEV1\n  resolved_at: unknown\n  title: FIRING [{{env\n" for n in range(300))
    register, found = read(many)
    assert (len(register.entries), found) == (300, [])


@pytest.mark.large
def test_a_register_of_ten_thousand_incidents_is_read_whole() -> None:
    entry = "- id: INC-{0}\n  severity: SEV2\n  resolved_at: 2024-02-06T16:00:00Z\n  title: Checkout times out\n  postmortem: 2024/{0}-checkout\n"
    register, found = read("".join(entry.format(number) for number in range(10_000)))
    assert (len(register.entries), found) == (10_000, [])


def test_it_begins_with_its_earliest_known_resolution() -> None:
    assert list(read(WHOLE)[0].begins.values()) == [date(2024, 2, 6)]
    assert Register().begins == {}


scalars = st.sampled_from(
    ["", "x", "SEV1", "unknown", "2024-02-06T16:00Z", "2024-02-06", "9999-12-31T23:59-23:00", "16:00", "yes", "[a]", "{a: b}", "1e999", "!x y", "*a", "&a b", "'", "~"]
)  # fmt: skip
entries = st.dictionaries(st.sampled_from([*ENTRY_KEYS, "x-y", "<<", "postmortm"]), scalars, min_size=1, max_size=7)


@given(st.lists(entries, min_size=1, max_size=5))
def test_no_entry_raises_and_each_stays_or_is_complained_about(written: list[dict[str, str]]) -> None:
    text = "".join(
        "".join(f"{'- ' if first == 0 else '  '}{key}: {value}\n" for first, (key, value) in enumerate(entry.items()))
        for entry in written
    )
    register, found = read(text)
    assert found or len(register.entries) == len(written)
    assert len({entry.id for entry in register.entries}) == len(register.entries)
    assert not any(entry.postmortem and entry.waived for entry in register.entries)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    register, found = read(data)
    assert found or not register.entries or all(entry.id for entry in register.entries)
