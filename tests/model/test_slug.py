"""Names as parts of URLs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.slug import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Checkout API", "checkout-api", id="words"),
        pytest.param("checkout_api", "checkout-api", id="underscores"),
        pytest.param("決済サービス", "決済サービス", id="another script"),
        pytest.param("../../etc/passwd", "etc-passwd", id="a path"),
        pytest.param("<script>", "script", id="markup"),
        pytest.param("…", "unnamed", id="nothing left"),
        pytest.param("Index", "the-index", id="the folder's own page"),
    ],
)
def test_a_name_becomes_a_part_of_a_url(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_long_names_stay_apart_and_fit_a_file_system() -> None:
    one, other = slug("決" * 400), slug("決" * 401)
    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= 120


@given(st.text())
def test_a_slug_is_safe_anywhere(name: str) -> None:
    found = slug(name)
    assert found
    assert not set(found) & set("/\\.<>&\"' \n")
    assert len(found.encode()) <= 120
