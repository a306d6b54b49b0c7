"""The catalogue of services in each of its forms, and what makes one unusable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.catalogue import CataloguedService
from postmortems.read.catalogue import read_catalogue

API = CataloguedService("api")
SHOP = CataloguedService("checkout", ("shop", "checkout-api"), "payments", "Takes the orders")


@pytest.mark.parametrize(
    ("text", "services"),
    [
        pytest.param("- api\n- search\n", (API, CataloguedService("search")), id="names"),
        pytest.param("[api]", (API,), id="names in brackets"),
        pytest.param(
            "- api\n- name: checkout\n  aliases: [shop, checkout-api]\n  owner: payments\n"
            "  description: Takes the orders\n",
            (API, SHOP),
            id="names and details in a list",
        ),
        pytest.param(
            "api:\ncheckout:\n  aliases: [shop, checkout-api]\n  owner: payments\n  description: Takes the orders\n",
            (API, SHOP),
            id="details by name",
        ),
        pytest.param("services: [api]", (API,), id="a list below services"),
        pytest.param("version: 1\nservices:\n  - api\n", (API,), id="a list below services, beside other keys"),
        pytest.param("services:\n  api:\n  checkout: {owner: payments}\n",
                     (API, CataloguedService("checkout", (), "payments")), id="details by name below services"),
        pytest.param("services: {owner: platform}\napi:\n", (CataloguedService("services", (), "platform"), API),
                     id="a service that is called services"),
        pytest.param("- {name: api, aliases: rest}", (CataloguedService("api", ("rest",)),), id="one alias"),
        pytest.param("- {name: api, aliases: [API]}", (CataloguedService("api", ("API",)),), id="its own name again"),
        pytest.param("- {name: api, tier: 1, owners: [a, b], url: x}", (API,), id="keys of other programs"),
        pytest.param("- {name: api, owner: 42, description: no}", (CataloguedService("api", (), "42", "no"),), id="as written"),
        pytest.param("- {name: api, owner: , description: ''}", (API,), id="empty"),
        pytest.param("- no\n- 404\n- 2026-01-31\n",
                     tuple(map(CataloguedService, ("no", "404", "2026-01-31"))), id="names that YAML takes for values"),
    ],
)  # fmt: skip
def test_forms(text: str, services: tuple[CataloguedService, ...]) -> None:
    catalogue, problems = read_catalogue("services.yml", text.encode())
    assert (catalogue.path, catalogue.services, problems) == ("services.yml", services, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["1:1: the catalogue has no services"], id="empty"),
        pytest.param("[]", ["1:1: the catalogue has no services"], id="an empty list"),
        pytest.param("services:\n", ["1:1: the catalogue has no services"], id="nothing below services"),
        pytest.param("api", ["1:1: the catalogue is a text, not a list or mapping of services"], id="a text"),
        pytest.param("[a", ["1:3: the catalogue is not valid YAML: did not find expected"], id="broken"),
        pytest.param("a: b: c", ["1:5: the catalogue is not valid YAML: mapping values"], id="broken in a value"),
        pytest.param(
            "a: 1\n---\nb: 2", ["2:1: the catalogue is not valid YAML: but found another"], id="two documents"
        ),
        pytest.param("api:\napi:\n", ['2:1: "api" is set twice'], id="a key twice"),
        pytest.param("- api\n- API\n", ['2:3: "API" is the name of two services; the other is on line 1'], id="twice"),
        pytest.param("[api, Api]", ['1:7: "Api" is the name of two services'], id="twice on a line"),
        pytest.param(
            "- api\n- {name: shop, aliases: [api]}",
            ['2:26: "api" is the name of two services; the other is on line 1'],
            id="an alias that is another's name",
        ),
        pytest.param(
            "- owner: x\n- [api]\n-\n- ''\n",
            [
                '1:3: a service has no "name"',
                "2:3: the name of a service is a list",
                "3:2: the name of a service is empty",
                "4:3: the name of a service is empty",
            ],
            id="no names",
        ),
        pytest.param("api: payments", ['1:1: the details of "api" are a text, not a mapping'], id="no details"),
        pytest.param('"": {}', ["1:1: the name of a service is empty"], id="an empty name"),
        pytest.param(
            "- {name: api, owner: [a, b]}\n- name: shop\n  owner: {team: a}\n  description: [x]\n",
            [
                '1:15: the owner of "api" is a list, not one line of text',
                '3:3: the owner of "shop" is a mapping, not one line of text',
                '4:3: the description of "shop" is a list, not one line of text',
            ],
            id="details that are no text",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, expected: list[str]) -> None:
    _, problems = read_catalogue("services.yml", text.encode())
    assert [one.option for one in problems] == ["services"] * len(expected)
    for one, words in zip(problems, expected, strict=True):
        assert one.message.startswith(f"services.yml:{words}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "services.yml:1:1: the file is not UTF-8 text: byte 0xff at position 0"),
        (b"- a\0", "services.yml:1:4: the file has a NUL byte"),
        (b"- a\n" * 600_000, "services.yml:1:1: the file is 2,400,000 bytes"),
        (b"[" * 1000, "services.yml:1:1: the YAML is nested too deeply"),
        pytest.param(b"- a\n" * 200_001, "the YAML has too many values", marks=pytest.mark.large),
    ],
    ids=["no text", "a NUL byte", "too large", "too deep", "too many"],
)
def test_bounds(data: bytes, words: str) -> None:
    _, (problem,) = read_catalogue("services.yml", data)
    assert words in problem.message


def test_a_byte_order_mark_and_any_line_ends_are_fine() -> None:
    assert read_catalogue("s.yml", b"\xef\xbb\xbf- api\r\n")[0].services == (API,)


@pytest.mark.large
def test_a_large_organisation_fits() -> None:
    text = "".join(f"- {{name: s{n}, aliases: [t{n}], owner: o, description: d}}\n" for n in range(3_000))
    assert len(read_catalogue("s.yml", text.encode())[0].services) == 3_000


@given(st.text(st.sampled_from("ab:-[]{},\n '\"&*?|>#!"), max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    catalogue, problems = read_catalogue("s.yml", text.encode())
    assert catalogue.services or problems
