"""PM011: services against the catalogue, and against their own spelling elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic, Level

Check = Callable[..., tuple[Diagnostic, ...]]

CATALOGUE = """\
- api
- name: checkout
  aliases: [shop, Order Desk]
- search
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("[api]", [], id="listed"),
        pytest.param("[api, checkout, search]", [], id="all of them"),
        pytest.param(
            "[chekout]",
            [("error", 12, '"chekout" is not in the service catalogue', 'did you mean "checkout"?')],
            id="misspelt",
        ),
        pytest.param(
            "[api, shop]",
            [("error", 17, '"shop" is an alias of "checkout"', 'write "checkout"')],
            id="an alias, second of two",
        ),
        pytest.param(
            "[ORDER-desk]",
            [("error", 12, '"ORDER-desk" is an alias of "checkout"', 'write "checkout"')],
            id="an alias in another spelling",
        ),
        pytest.param(
            "[order-dsk]",
            [("error", 12, '"order-dsk" is not in the service catalogue', 'did you mean "checkout"?')],
            id="an alias misspelt",
        ),
        pytest.param(
            "[warehouse]",
            [
                (
                    "error",
                    12,
                    '"warehouse" is not in the service catalogue',
                    "use a service from it, or add this one to services.yml",
                )
            ],
            id="another one",
        ),
        pytest.param(
            "[Check_Out, API]",
            [
                ("error", 12, '"Check_Out" is not in the service catalogue', 'did you mean "checkout"?'),
                (
                    "warning",
                    23,
                    '"API" is the service spelt "api" elsewhere',
                    'write "api", so that searches find this incident too',
                ),
            ],
            id="in another spelling",
        ),
    ],
)
def test_with_a_catalogue(written: str, expected: list[tuple[str, int, str, str]], check: Check) -> None:
    found = check(("services: [api]", f"services: {written}"), catalogue=CATALOGUE)
    assert [(one.level.value, one.place.column, one.message, one.help) for one in found] == expected
    assert {(one.rule, one.place.line) for one in found} <= {("unknown-service", 5)}


def test_what_is_left_of_the_template_is_another_rules(check: Check) -> None:
    found = check(("services: [api]", 'services: ["[service-name]"]'), catalogue=CATALOGUE)
    assert [one.rule for one in found] == ["leftover-template-text"]


def test_without_a_catalogue_every_name_is_known(check: Check) -> None:
    assert check(("services: [api]", "services: [chekout, warehouse]")) == ()


@pytest.mark.parametrize(
    ("spellings", "catalogue", "expected"),
    [
        pytest.param(["api", "api", "api"], None, [], id="one spelling"),
        pytest.param(["api", "API", "api"], None, [("01", "api")], id="the most frequent one is right"),
        pytest.param(["API", "api", "Api"], None, [("01", "API"), ("02", "API")], id="the oldest where none is"),
        pytest.param(["API", "API", "api"], "- api", [("00", "api"), ("01", "api")], id="the catalogue outweighs both"),
        pytest.param(["API", "API", "api"], "- Rest API", [], id="a service outside the catalogue is reported as that"),
    ],
)
def test_two_spellings_are_one_service(
    spellings: list[str], catalogue: str | None, expected: list[tuple[str, str]], check: Check, filled_template: str
) -> None:
    files = {
        f"postmortems/2024/{number:02}-x/postmortem.md": filled_template.replace("[api]", f"[{name}]").replace(
            "2024-02-06T", f"2024-02-{6 + number:02}T"
        )
        for number, name in enumerate(spellings)
    }
    found = check(
        files=files | {"postmortems/2024/01-database-connection-pool/postmortem.md": None},
        catalogue=catalogue,
        only="unknown-service",
    )
    warned = [one for one in found if one.level is Level.WARNING]
    assert [(one.place.path[17:19], one.message.split('"')[3]) for one in warned] == expected


def test_two_spellings_in_one_postmortem(check: Check) -> None:
    (found,) = check(("services: [api]", "services: [api, Api]"))
    assert (found.level, found.place.line, found.place.column) == (Level.WARNING, 5, 17)


def test_a_level_in_the_settings_counts_for_both_kinds(check: Check) -> None:
    found = check(
        ("services: [api]", "services: [API, warehouse]"), catalogue=CATALOGUE, levels={"unknown-service": "info"}
    )
    assert [one.level for one in found] == [Level.INFO, Level.INFO]


def test_signs_tell_services_apart(check: Check) -> None:
    assert check(("services: [api]", 'services: ["C SDK", "C++ SDK", "C# SDK", Mail, Mail+]')) == ()


ITEM = "- [x] [storage-team] Alert"


@pytest.mark.parametrize(
    ("replaced", "catalogue", "expected"),
    [
        pytest.param((ITEM, "- [x] [Storage Team] Alert"), None, [(72, "Storage Team", "storage-team")], id="an item's"),
        pytest.param(("owner: storage-team", "owner: Storage_team"), None, [(6, "Storage_team", "storage-team")], id="front matter"),
        pytest.param((ITEM, "- [x] [storage+team] Alert"), None, [], id="another name"),
        pytest.param(
            (ITEM, "- [x] [Storage Team] Alert"), "- {name: api, owner: Storage Team}",
            [(6, "storage-team", "Storage Team"), (80, "storage-team", "Storage Team")], id="the catalogue's is right",
        ),
        pytest.param((ITEM, "- [x] [storage\u2011team] Alert"), None, [(72, "storage\u2011team", "storage-team")], id="another hyphen"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_owner(
    replaced: tuple[str, str], catalogue: str | None, expected: list[tuple[int, str, str]], check: Check
) -> None:
    found = check(replaced, catalogue=catalogue)
    assert [(one.code, one.level.value, one.place.line, one.message) for one in found] == [
        ("PM011", "warning", line, f'"{name}" is the owner spelt "{usual}" elsewhere') for line, name, usual in expected
    ]


def test_an_owner_in_another_unicode_form_is_the_same(check: Check) -> None:
    decomposed = "- [x] [Zahlungen Mu\u0308nchen] Alert"
    assert check(("owner: storage-team", "owner: Zahlungen M\u00fcnchen"), (ITEM, decomposed)) == ()
