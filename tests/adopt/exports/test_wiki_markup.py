"""Jira's wiki markup as Markdown."""

from __future__ import annotations

from textwrap import dedent

from postmortems.adopt.exports.wiki_markup import is_wiki, markdown_of_wiki


def test_a_document() -> None:
    wiki = """\
        h2. Timeline & <b>more</b>
        ||Time||Event||
        |14:21|Alert {{x}} fired|
        * one *bold*
        ** two [words|https://a.example/x]
        # first [https://b.example]
        {quote}a quote{quote}
        {code:bash}
        # sh *x*
        {code}
        # no number: 5
        """
    markdown = """\
        ## Timeline & &lt;b>more&lt;/b>

        | Time | Event |
        | --- | --- |
        | 14:21 | Alert `x` fired |
        - one \\*bold\\*
            - two [words](https://a.example/x)
        1. first <https://b.example>
        a quote

        ```
        # sh *x*
        ```

        1. no number: 5"""
    assert is_wiki(dedent(wiki))
    assert markdown_of_wiki(dedent(wiki)) == dedent(markdown)


def test_plain_text_is_none() -> None:
    assert not is_wiki("It was slow.\n\n- a [b] {c} | d\nh2 was fine")
