"""PM802: persons' data are found, and what belongs to nobody in particular is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.check.personal.find import find_personal_data
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.personal_data import PersonalData
from postmortems.text.prefilter import personal_signs

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
FOLDER = PATH.removesuffix("/postmortem.md")
LESSON = "A pool is a queue, and a queue wants an alert on its length."
PLAIN = PersonalData()


def values(text: str, personal_data: PersonalData = PLAIN) -> list[str]:
    return [text[one.start : one.end] for one in find_personal_data(text, personal_data)]


def shown(text: str, personal_data: PersonalData = PLAIN) -> list[str]:
    return [one.masked(text) for one in find_personal_data(text, personal_data)]


@pytest.mark.parametrize(
    ("text", "found", "masked"),
    [
        ("ask jane.doe@wholesale.shop.", ["jane.doe@wholesale.shop"], ["j…@wholesale.shop"]),
        ("From: Jane <jane@wholesale.shop>", ["jane@wholesale.shop"], ["j…@wholesale.shop"]),
        ("mailto:o'neil+x@corp.io", ["o'neil+x@corp.io"], ["o…@corp.io"]),
        ("j@corp.io", ["j@corp.io"], ["…@corp.io"]),
        ("jane@corp.io: please", ["jane@corp.io"], ["j…@corp.io"]),
        ("dev.patel@corp.io", ["dev.patel@corp.io"], ["d…@corp.io"]),
        ("jane@müller.de", ["jane@müller.de"], ["j…@müller.de"]),
        ("https://x.io/?mail=jane@corp.io&a=b", ["jane@corp.io"], ["j…@corp.io"]),
        ("a@b.io, c@d.io", ["a@b.io", "c@d.io"], ["…@b.io", "…@d.io"]),
        ("requests from 34.120.7.9.", ["34.120.7.9"], ["34… (10 characters)"]),
        ("http://34.120.7.9:8080/", ["34.120.7.9"], ["34… (10 characters)"]),
        ("ip=34.120.7.9/32", ["34.120.7.9"], ["34… (10 characters)"]),
        ("::ffff:34.120.7.9", ["34.120.7.9"], ["34… (10 characters)"]),
        ("34.120.7.9-34.120.7.12", ["34.120.7.9", "34.120.7.12"], ["34… (10 characters)", "34… (11 characters)"]),
        ("2a00:1450:4001:81b::200e", ["2a00:1450:4001:81b::200e"], ["2a00… (24 characters)"]),
        ("[2a01:4f8:c17:b8f:1:2:3:4]:443", ["2a01:4f8:c17:b8f:1:2:3:4"], ["2a01… (24 characters)"]),
        ("call +44 20 7123 1234 now", ["+44 20 7123 1234"], ["+44…34"]),
        ("tel:+4915112345678", ["+4915112345678"], ["+49…78"]),
        ("(+49) 30 901820", ["(+49) 30 901820"], ["(+49…20"]),
        ("+1 (415) 812-3456", ["+1 (415) 812-3456"], ["+1…56"]),
        ("to DE89 3704 0044 0532 0130 00 today", ["DE89 3704 0044 0532 0130 00"], ["DE89…00"]),
        ("(GB82WEST12345698765432)", ["GB82WEST12345698765432"], ["GB82…32"]),
        ("FR14-2004-1010-0505-0001-3M02-606", ["FR14-2004-1010-0505-0001-3M02-606"], ["FR14…06"]),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", ["MT84 MALT 0110 0001 2345 MTLC AST0 01S"], ["MT84…1S"]),
        (
            "NO93 8601 1117 947, NL91ABNA0417164300",
            ["NO93 8601 1117 947", "NL91ABNA0417164300"],
            ["NO93…47", "NL91…00"],
        ),
        ("card 4929 1234 5678 9015 was", ["4929 1234 5678 9015"], ["…9015"]),
        ('"pan": "4929123456789015"', ["4929123456789015"], ["…9015"]),
        ("5500-0055-5555-5559", ["5500-0055-5555-5559"], ["…5559"]),
        ("2223003122003222", ["2223003122003222"], ["…3222"]),
        ("Amex 3714 496353 98431", ["3714 496353 98431"], ["…8431"]),
        ("order 77 was paid with 371449635398431.", ["371449635398431"], ["…8431"]),
    ],
)
def test_what_belongs_to_somebody_is_found_and_masked(text: str, found: list[str], masked: list[str]) -> None:
    assert values(text) == found
    assert shown(text) == masked
    assert next(personal_signs(text.encode()), None) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("support@corp.io", "no-reply@corp.io", "noreply-x@corp.io", "postmaster@corp.io", "oncall+db@corp.io"),
        *("ops-team@corp.io", "support.de@corp.io", "corpstatus@corp.io", "x@googlegroups.com"),
        *("1234+jane@users.noreply.github.com", "git@github.com:team/repo", "deploy@web-1.corp.io:/srv"),
        *("jane@example.com", "jane@mail.example.org", "jane@shop.test", "jane@shop.invalid", "jane@db-1.internal"),
        *("https://jane@corp.io/x", "https://jane:pw@corp.io/x", "@jane@social.io", "npm i left@1.2.3"),
        *("icon@2x.png", "getty@tty1.service", "@ the host", "a@b", "node-1@w.x.y.z"),
        *("10.1.2.3", "192.168.0.77", "172.16.40.40", "127.0.0.53", "169.254.169.254", "100.64.99.1", "224.0.0.99"),
        *("192.0.2.77", "198.51.100.77", "203.0.113.77", "255.255.255.255", "0.0.0.0", "240.1.1.99"),
        *("8.8.8.8", "1.1.1.1", "9.9.9.9", "1.2.3.4", "34.120.0.0/16", "34.120.7.9/24", "34.120.7.0"),
        *("2001:db8::77", "fe80::1", "::1", "fd00::99", "ff02::1", "2606:4700:4700::1111", "2a00:1450::/32"),
        *("version 34.120.7.9", "v34.120.7.9", "nginx/34.120.7.9", "lib-34.120.7.9.jar", "Chrome/120.0.6099.71"),
        *(
            "upgraded from 8.0.41.2 to 8.0.42.1",
            "pkg==34.120.7.9",
            "## 34.120.7.9 Scope",
            "8.0.2.1",
            "Guile 23.1.5.130-5a1e7",
            "OID 2.5.29.36",
            "cudnn 9.24.0.43",
            "1.3.6.1.4.1.311",
        ),
        *("14:23:00", "std::cafe::beef", "00:1b:44:11:3a:b7", "arn:aws:iam::123456789012:role", "256.120.7.9"),
        *(
            "UTC+02:00",
            "+12 345 678 rows",
            "2024-02-06 14:23 +0000",
            "+15 ms",
            "diff +1700000000",
            "+ 14285714.286 x + 2025529095.0",
            "+1-919-555-1234",
            "+20 % in 300 000",
        ),
        *("+1 202 555 0143", "+44 1632 960123", "+1-800-273-8255", "+49 900 1234567", "x+491511234567890123"),
        *("DE89 3704 0044 0532 0130 01", "XX89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130", "SHA256 2024"),
        *("de89370400440532013000", "ADE89370400440532013000", "DE893704004405320130001", "CVE-2024-12345678"),
        *("4929 1234 5678 9016", "1234 5678 9012 3452", "9929123456789014", "49291234567890", "2026-03-02 1423 4444"),
        *("order 4929123456789015", "order_id: 4929123456789015", "#4929123456789015", "trace id 4929123456789015"),
        *(
            '"ticket": "4929123456789015"',
            "x4929123456789015",
            "4929123456789015.5",
            "4929123456789015-1",
            "4929 12345678 9015",
        ),
        *("020 7123 1234", "27-05-2025 13:44", "2024-03-10 11.50", "CUST-123456", ""),
    ],
)
def test_what_belongs_to_nobody_is_left_alone(text: str) -> None:
    assert values(text) == []


BRITISH = PersonalData(phone_region="GB")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call 020 7123 1234 or 07912 345678", ["020 7123 1234", "07912 345678"]),
        ("2024-02-06 14.23, 27-05-2025 13:44 and 14:23:00 12345 67890", []),
        ("01632 960123 is for films", []),
        ("ticket 0207123123499", []),
        ("+49 30 901820", ["+49 30 901820"]),
    ],
)
def test_a_region_has_numbers_without_a_country_code(text: str, found: list[str]) -> None:
    assert values(text, BRITISH) == found


def test_identifiers_come_from_the_settings(check: Check) -> None:
    replaced = (LESSON, "Customers CUST-123456 and K/77 waited.")
    assert check(replaced) == ()
    found = check(replaced, personal_data={"identifiers": [r"CUST-\d{6}", r"\bK/\d+"]})
    assert [(one.code, one.place.column, one.place.end_column, one.message) for one in found] == [
        ("PM802", 11, 22, '"CU… (11 characters)" is an identifier that the settings describe'),
        ("PM802", 27, 31, '"K… (4 characters)" is an identifier that the settings describe'),
    ]


def test_the_settings_let_values_through(check: Check) -> None:
    replaced = (LESSON, "Mail to Jane@Status.io from 34.120.7.9 and 35.1.2.99.")
    found = check(replaced, personal_data={"allow": ["*@status.io", "34.120.*"]})
    assert [one.message for one in found] == ['"35… (9 characters)" is a public IP address']


def test_whom_to_ask_is_left_alone(check: Check) -> None:
    replaced = (
        "owner: storage-team",
        "owner: jane@corp.io\nauthors:\n  - jane@corp.io\n  - joe@corp.io\nx-by: ann@corp.io",
    )
    found = check(replaced)
    assert [one.message for one in found] == ['"a…@corp.io" is an e-mail address']


def test_it_is_found_in_code_patterns_and_timeline_json(check: Check) -> None:
    found = check(
        (LESSON, "A pool.\n\n```text\njane@corp.io\n```"),
        files={
            "patterns/database-issues.md": "---\ntitle: D\nfamily: database\n---\n\nAsk jane@corp.io.\n",
            f"{FOLDER}/timeline.json": '[{"at": "2024-02-06T14:23:00Z", "event": "x", "actor": "jane@corp.io"}]',
        },
    )
    assert [one.place.path for one in found if one.code == "PM802"] == [
        "patterns/database-issues.md",
        PATH,
        f"{FOLDER}/timeline.json",
    ]


@settings(deadline=None)
@given(st.text() | st.text(alphabet="@.:+-/ 0123456789abcjane"))
def test_no_text_makes_it_stumble(text: str) -> None:
    for one in find_personal_data(text, BRITISH):
        assert 0 <= one.start < one.end <= len(text)
        assert one.head + one.tail < one.length
