"""Names of incidents where space is small: clipped at a word, and labels of charts."""

import pytest

from postmortems.render.words.incident import chart_label, clipped


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        pytest.param("Checkout was down", 17, "Checkout was down", id="it fits"),
        pytest.param("Checkout was down", 16, "Checkout…", id="no auxiliary at the end"),
        pytest.param("Payments failed in the European region", 26, "Payments failed…", id="no preposition or article"),
        pytest.param("Payments failed, and refunds as well", 18, "Payments failed…", id="no comma"),
        pytest.param("x" * 30, 10, "xxxxxxxxx…", id="one long word"),
        pytest.param("全システムが停止しました", 6, "全システム…", id="no spaces"),
        pytest.param("Alpha beta", 7, "Alpha…", id="at a blank"),
    ],
)
def test_a_name_is_clipped_at_a_word(text: str, most: int, shown: str) -> None:
    assert clipped(text, most) == shown
    assert len(clipped(text, most)) <= most


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("GitHub degraded for 24 hours after a network partition", "GitHub degraded"),
        ("The Amazon S3 outage in us-east-1", "Amazon S3 outage"),
        ("A bad deploy", "Bad deploy"),
        ("Slack: connections were refused", "Slack"),
        ("On call rotation was empty", "On call rotation"),
        ("Internationalisation-service misconfigured everywhere", "Internationalisation-se…"),
        ("", ""),
    ],
)
def test_a_chart_has_a_short_label(title: str, label: str) -> None:
    assert chart_label(title) == label
