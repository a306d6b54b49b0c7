"""The time of converting a text grows with its length, whatever stands in it over and over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from postmortems.adopt.exports.embedded_markdown import code_without_macros, embedded, on_one_line
from postmortems.adopt.exports.html_markdown import is_html, markdown_of_html
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import inline, paragraphs
from postmortems.adopt.exports.wiki_markup import is_wiki, markdown_of_wiki
from tests.growth import grows_with_its_length

WORK = (
    *(
        inline,
        paragraphs,
        code_without_macros,
        embedded,
        on_one_line,
        is_html,
        markdown_of_html,
        is_wiki,
        markdown_of_wiki,
    ),
    People([f"Ann Gray{number}" for number in range(50)], shown=False).without_names,
)
PIECES = (
    *("`", "``a", "*", "_", "[", "<", "<a href='", "<img src=", "<!--", "{code}", "|", "- ", "# ", "\\", "[a|https://"),
    *(
        "<b>",
        "<table><tr><td>",
        "ann ",
        "1. ",
        "\n\n",
        "--8<--\n",
        "<details ",
        "h1. ",
        "||",
        "![",
        "`{{ ",
        "```\n{%\n",
    ),
)


def repeated(piece: str, length: int) -> str:
    """A text of about this length that holds nothing else."""
    return piece * (length // len(piece))


@pytest.mark.large
@pytest.mark.parametrize("work", WORK, ids=lambda work: str(getattr(work, "__name__", work)))
def test_it_grows_with_its_length(work: Callable[[str], object]) -> None:
    slow = [piece for piece in PIECES if not grows_with_its_length(work, partial(repeated, piece))]
    assert slow == []
