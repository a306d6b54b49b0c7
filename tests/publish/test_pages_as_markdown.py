"""HTML of a page becomes Markdown that other builders render to the same page, and to nothing more."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt
from tests.publish.article import Article

from postmortems.publish.as_markdown.page import blocks, markdown_page
from postmortems.render.authored.clean_html import clean

SHOWN = [
    ('<h2 id="a-b">A b</h2>', "## A b {#a-b}"),
    ("<h3>C#</h3>", "<h3>C#</h3>"),
    ("<p>One *star*, `tick` &amp; &lt;b&gt;</p>", "One \\*star\\*, \\`tick\\` & &lt;b>"),
    ("<p># no heading</p>", "\\# no heading"),
    ("<p>1. no list</p>", "1\\. no list"),
    ("<p>~~~</p>", "&#126;&#126;&#126;"),
    ("<p>two\nlines</p>", "two lines"),
    ("<p>a&nbsp;b</p>", "a&nbsp;b"),
    ("<p>a\N{NARROW NO-BREAK SPACE}b</p>", "<p>a\N{NARROW NO-BREAK SPACE}b</p>"),
    ("<p><strong>Bold</strong> and <em>thin</em> <code>x_y</code></p>", "**Bold** and *thin* `x_y`"),
    ("<p>in<em>side</em></p>", "<p>in<em>side</em></p>"),
    ("<p><code>a  b</code></p>", "<p><code>a  b</code></p>"),
    ('<p><a href="../b/#c">t</a> <a href="https://x.example/(y)">u</a></p>', None),
    ('<p><a href="../b/#c">t</a></p>', "[t](../b/#c)"),
    ('<p><img src="a.png" alt="A"></p>', "![A](a.png)"),
    ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n    1. c"),
    ("<ul><li><p>loose</p></li></ul>", "<ul>\n<li>\n<p>loose</p></li></ul>"),
    ("<pre><code>a\n\n\tb</code></pre>", "<pre><code>a&#10;&#10;&#9;b</code></pre>"),
    ("<table><tbody><tr><td>a</td></tr></tbody></table>", "<table>\n<tbody>\n<tr>\n<td>a</td></tr></tbody></table>"),
    ("<blockquote>a\n{: onclick=x }</blockquote>", "<blockquote>a\n&#123;: onclick=x }</blockquote>"),
    ("<script>{ a }</script>", "<script>{ a }</script>"),
    ('<ul class="x"></ul><ul><li>a</li></ul>', '<ul class="x"></ul>\n\n<ul>\n<li>a</li></ul>'),
    ("text <b>alone</b>", "<div>text <b>alone</b></div>"),
    ('<svg viewBox="0 0 1 1"></svg>', '<div><svg viewBox="0 0 1 1"></svg></div>'),
    ("<div>a\n\n```\n\nb</div>", "<div>a\n&#96;&#96;&#96;\nb</div>"),
    ('<div class="pm pm-doc"><p>a</p></div>', '<div class="pm pm-doc" markdown="1">\n\na\n\n</div>'),
    ("<!-- c --><p>a</p>", "a"),
]


@pytest.mark.parametrize(("html", "expected"), SHOWN)
def test_what_markdown_has_signs_for_is_markdown_and_the_rest_stays(html: str, expected: str | None) -> None:
    assert "\n\n".join(blocks(html, str)) == (html if expected is None else expected)


def test_the_front_matter_holds_plain_values_alone() -> None:
    meta = {"title": "A: b", "tags": ["x"], "made": object(), "search": {"exclude": True}, "none": None}
    assert markdown_page(meta, "<p>a</p>", str) == (
        "---\ntitle: 'A: b'\ntags:\n- x\nsearch:\n  exclude: true\n---\n\na\n"
    )


TEXTS = st.lists(
    st.sampled_from((
        "a", "word", " ", "\n", "\n\n", "\t", "    ", "*", "**", "_", "__", "`", "```", "~~~", "#", "- ", "+ ", "1. ", "> ", "<", ">",
        "&", "&amp;", "&#42;", "[x](y)", "[x]: y", "[^1]", "{#id}", "{: onclick=x }", "{{ x }}", "{% x %}", "\\", "|", "---", "===",
        "<script>", "</div>", "<!--", "-->", "<div markdown=1>", "<br>", "!", "![a](b)", "http://x.example", ":", "::: a", "/// a",
        "!!! note", "--8<-- 'x'", "$x$", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{LINE SEPARATOR}", "\x0c", "é", "故障", "*a*", "_b_",
    )),
    max_size=6,
).map("".join)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """The HTML of a page, as Python-Markdown makes it of a text."""
    text = st.builds(escape, TEXTS)
    inline = st.one_of(
        text,
        *(
            st.builds(f"{{0}}<{tag}>{{1}}</{tag}>{{2}}".format, text, text, text)
            for tag in ("em", "strong", "code", "b")
        ),
        st.builds('{0}<a href="../{1}/">{2}</a>'.format, text, st.sampled_from(("a", "b c", "(x)", "_y_")), text),
        st.builds('<img src="{0}" alt="{1}">'.format, st.sampled_from(("a.png", "a*b*.png")), text),
    )
    block = st.one_of(
        st.builds("<p>{}</p>".format, inline),
        st.builds('<h2 id="{}">{}</h2>'.format, st.sampled_from(("a", "b-c", "d&quot;e")), inline),
        st.builds("<ul><li>{}</li><li>{}<ol><li>{}</li></ol></li></ul>".format, inline, inline, inline),
        st.builds("<ol><li><p>{}</p></li><li>{}</li></ol>".format, inline, inline),
        st.builds("<pre><code>{}</code></pre>".format, text),
        st.builds("<div class='x'><div>{}</div><div>{}</div><p>{}</p></div>".format, inline, text, inline),
        st.builds("<dl><dt>{}</dt><dd>{}</dd></dl>".format, inline, inline),
        st.builds("<blockquote><p>{}</p></blockquote>".format, inline),
        st.builds("<table><tbody><tr><td>{}</td><td>{}</td></tr></tbody></table>".format, inline, text),
        st.builds("<details><summary>{}</summary><p>{}</p></details>".format, inline, inline),
        inline,
    )
    made = clean("".join(draw(st.lists(block, min_size=1, max_size=4))))
    return f'<div class="pm pm-doc">{made}</div>' if draw(st.booleans()) else made


def article(html: str) -> Article:
    return Article(f'<article class="md-content__inner">{html}</article>', "index.html")


@given(pages())
def test_python_markdown_makes_the_same_page_of_it(html: str) -> None:
    text = "\n\n".join(blocks(html, str))
    rendered = Markdown(extensions=["attr_list", "md_in_html", "toc"]).convert(text)
    before, after = article(html), article(rendered)
    assert (after.words, after.links, after.elements) == (before.words, before.links, before.elements), text


@given(pages())
def test_commonmark_finds_no_element_and_no_link_more_in_it(html: str) -> None:
    text = "\n\n".join(blocks(html, str))
    rendered = MarkdownIt("commonmark").render(text).replace(' markdown="1"', "")
    before, after = article(html), article(rendered)
    assert sorted(after.elements) == sorted(before.elements), text
    assert after.links == before.links
