"""Names as parts of URLs, and which names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.text.slug import plain_slug, slug, spellings_by_slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Checkout API", "checkout-api", id="words"),
        pytest.param("checkout_api", "checkout-api", id="underscores"),
        pytest.param("決済サービス", "決済サービス", id="another script"),
        pytest.param("Платежи", "платежи", id="another script with case"),
        pytest.param("सेवा", "सेवा", id="vowel signs belong to the letters"),
        pytest.param("../../etc/passwd", "etc-passwd", id="a path"),
        pytest.param("<script>", "script", id="markup"),
        pytest.param("C++", "c--plus--plus", id="signs that tell names apart"),
        pytest.param("C# SDK", "c--sharp-sdk", id="a sign before a word"),
        pytest.param("R & D", "r--and-d", id="a sign between words"),
        pytest.param("🚀", "name--1f680", id="no letter"),
        pytest.param("", "name--0", id="nothing"),
        pytest.param("Index", "index--page", id="the folder's own page"),
    ],
)
def test_a_name_becomes_a_part_of_a_url(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    "names",
    [
        ("Checkout API", "checkout-api", "CHECKOUT_API", "checkout\u200b api", " Checkout  (API)"),
        ("Caf\u00e9", "cafe\u0301", "CAFE\u0301"),
        ("R&D", "r & d", "R＆D"),
        ("C++", "c ++", "C＋＋"),
        ("C#", "C♯"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_spellings_of_one_name(names: tuple[str, ...]) -> None:
    assert len({slug(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("C", "C++", "C#", "C&", "C plus plus", "C-sharp", "C+"),
        ("Mail", "Mail+", "Mail 2", "Mail²"),
        ("R&D", "R and D", "R D", "RD"),
        ("C++ SDK", "C# SDK", "C SDK", "C SDK++", "C+SDK+"),
        ("कि", "की", "क"),
        ("🚀", "🔥", "…", "Name 1f680", "unnamed"),
        ("Index", "The index", "Index page"),
        ("Cafe", "Café"),
        ("決" * 400, "決" * 401, f"{'決' * 36} {'0' * 12}"),
    ],
)
def test_different_names(names: tuple[str, ...]) -> None:
    assert len({slug(name) for name in names}) == len(names)


NAMES = st.text(alphabet=st.sampled_from("aAbéе́２2+#&-_. \u0301🚀"), max_size=8)


@given(NAMES, NAMES)
def test_the_same_slug_means_the_same_letters_digits_and_signs(one: str, other: str) -> None:
    def telling(name: str) -> str:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        return "".join(character for character in folded if character.isalnum() or character in "+#&")

    if slug(one) == slug(other):
        assert telling(one) == telling(other)


def test_long_names_fit_a_file_system() -> None:
    assert {len(slug("決" * length).encode()) <= 120 for length in (39, 40, 41, 400)} == {True}


@pytest.mark.parametrize("made", [slug, plain_slug])
@given(name=st.text())
def test_a_slug_is_safe_anywhere(made: Callable[[str], str], name: str) -> None:
    found = made(name)
    assert found
    assert not set(found) & set("/\\.<>&\"' \n")
    assert len(found.encode()) <= 120


def test_a_folder_is_named_by_plain_words() -> None:
    assert [plain_slug(text) for text in ("C++: build & test", "…", "Search (EU)")] == [
        "c-build-test",
        "unnamed",
        "search-eu",
    ]


def test_the_usual_spelling_is_the_most_frequent_then_the_first() -> None:
    found = spellings_by_slug(["Mail", "mail", "Mail+", "mail", "B", "b"])
    assert {key: tuple(one) for key, one in found.items()} == {
        "mail": ("mail", ("Mail", "mail")),
        "mail--plus": ("Mail+", ("Mail+",)),
        "b": ("B", ("B", "b")),
    }
