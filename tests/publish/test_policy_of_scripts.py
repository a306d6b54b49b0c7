"""Which scripts of a page run, and the policy that lets them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.publish.security_policy import inline_scripts, script_hash, security_policy


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<p>x</p><script>a()</script><script type=module>b()</script>", ["a()", "b()"]),
        ('<script src="a.js"></script>', []),
        ("<script async src='a.js'>not run</script>", []),
        ('<script data-src="a.js">a()</script>', ["a()"]),
        ('<script id="__config" type="application/json">{"a": 1}</script>', []),
        ('<script type="application/ld+json">{}</script>', []),
        ('<script type="importmap">{}</script>', ["{}"]),
        ('<script data-x="a>b">a()</script >', ["a()"]),
        ("<script>a(1 < 2)\n</script\n>", ["a(1 < 2)\n"]),
        ("<script></script><script> \n </script>", []),
        ("<p>&lt;script&gt;a()&lt;/script&gt;</p>", []),
        ("<script>a(", []),
        ("<script", []),
        ('<script a="', []),
    ],
)
def test_inline_scripts_are_found(html: str, scripts: list[str]) -> None:
    assert list(inline_scripts(html)) == scripts


@given(st.text(alphabet="<script/>=\"' src", max_size=80))
def test_no_text_is_too_odd(html: str) -> None:
    for text in inline_scripts(html):
        assert text in html


def test_a_hash_is_that_of_the_standard() -> None:
    # The example of the Content Security Policy specification, section 8.3.
    assert script_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert script_hash("a()\r\nb()\rc()") == script_hash("a()\nb()\nc()")


def test_a_policy_is_one_line_and_keeps_its_hashes() -> None:
    hashes = {script_hash("b()"), script_hash("a()")}
    policy = security_policy(hashes)
    assert policy == security_policy(sorted(hashes, reverse=True))
    assert all(one in policy for one in hashes)
    assert policy.endswith(
        "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
    assert policy.startswith("default-src 'self'; script-src 'self' 'sha256-")
    assert "style-src 'self' 'unsafe-inline'; img-src 'self' data:" in policy
    assert "\n" not in policy
    assert '"' not in policy  # it stands between quotes in a server's configuration


@pytest.mark.parametrize(
    ("site_url", "sources"),
    [
        ("", "'self'"),
        ("/incidents/", "'self'"),
        ("https://[::1]/", "'self'"),
        ("https://a.example.org; script-src *", "'self'"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000/assets/javascripts/ 127.0.0.1:8000/assets/postmortems/"),
        ("https://example.org/a;b/", "example.org/a%3Bb/assets/javascripts/ example.org/a%3Bb/assets/postmortems/"),
    ],
)
def test_scripts_come_from_the_themes_folders_where_these_can_be_named(site_url: str, sources: str) -> None:
    assert f"; script-src {sources}; style-src" in security_policy([], site_url, ["assets/postmortems/index.js"])
