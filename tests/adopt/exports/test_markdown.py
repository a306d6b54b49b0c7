"""Text that is not trusted, as Markdown: it says what it said, and does nothing."""

from __future__ import annotations

import re
from html import unescape
from textwrap import dedent

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from postmortems.adopt.exports.embedded_markdown import code_without_macros, embedded, on_one_line
from postmortems.adopt.exports.plain_markdown import inline, paragraphs
from postmortems.model.section import BlockKind
from postmortems.model.source import Source
from postmortems.read.body import read_body

EXTENSIONS = ["tables", "attr_list", "def_list", "footnotes", "admonition", "md_in_html"]


def words(text: str) -> str:
    """What a page shows of a text."""
    html = markdown.markdown(text, extensions=EXTENSIONS)
    return unescape(html.removeprefix("<p>").removesuffix("</p>"))


@pytest.mark.parametrize(
    "text",
    [
        "a <script>alert(1)</script>",
        "<!-- postmortems-ignore: PM201 -->",
        "*all* of _it_ in snake_case",
        "{{ config }} {% include 'x' %} {# y #}",
        "{: onclick=alert(1) }",
        "[x](javascript:alert(1)) ![y](z) [^1]",
        "# no heading",
        "#no heading",
        "2026. no list",
        "> no quote",
        "!!! note",
        "---",
        ": no definition",
        "&lt;b&gt; & more",
        "a \\* b \\ c",
        "an open ` tick",
    ],
)
def test_a_line_shows_what_it_says(text: str) -> None:
    assert words(inline(text)) == words(paragraphs(text)) == text


def test_code_stays_code() -> None:
    assert inline("run `kubectl get *` | now") == "run `kubectl get *` \\| now"


def test_a_pipe_does_not_end_a_cell() -> None:
    html = markdown.markdown(f"| A | B |\n|---|---|\n| {inline('x | `y|z`')} | 2 |", extensions=EXTENSIONS)
    assert "<td>x | y|z</td>\n<td>2</td>" in html


def test_paragraphs_and_bullets_stay() -> None:
    assert paragraphs("One\n===\n\n\n\n- two\n    three\n```\n") == "One\n&#61;==\n\n- two\nthree\n\\`\\`\\`"


@given(st.text(alphabet=st.sampled_from([*"#*_-=~`<>|[](){}!:.1 \n\\&ax+^$\t"]), max_size=60))
def test_no_text_makes_structure(text: str) -> None:
    body = read_body(Source("", f"## Ours\n\n{paragraphs(text)}\n\n## Next\n\n{inline(text)}\n"), {})
    assert [section.title for section in body.walk()] == ["Ours", "Next"]
    assert {block.kind for block in body.blocks()} <= {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}


def test_markdown_of_others_lies_below_ours_without_html_and_without_includes() -> None:
    theirs = """\
        Intro <b>bold</b> {{ x }} `{{ y }}`
        # Title
        Second
        ======
        <details><summary>More</summary>
        <script>alert(1)</script><img width=3 src="https://a.b/c.png" alt="a graph">
        <a href="https://a.b/c">words</a> <https://a.b> 3<4
        </details>
        <!-- silence
        everything -->

        ### Deep
        ```sh
        # a comment <b>
        --8<-- "secret"
        ```
        --8<-- "secret"
        """
    ours = """\
        Intro **bold** \\{\\{ x \\}\\} `{{ y }}`
        ## Title
        ## Second

        **More**
        &lt;script>alert(1)&lt;/script>![a graph](https://a.b/c.png)
        [words](https://a.b/c) <https://a.b> 3<4

        #### Deep
        ```sh
        # a comment <b>
        ;--8<-- "secret"
        ```
        ;--8<-- "secret\""""
    assert embedded(dedent(theirs)) == dedent(ours)


CODE = """\
a `{{ x }}` and `safe`

```yaml title="{{ y }}"
a: {{ x }} &amp; <b>

# no heading
  b: {% if y %} {# gone #} {! include !}
```

- step

    ```
    {{ z }}
    ```

> ~~~
> {% raw %}
> ~~~
"""


def test_macros_in_code_come_out_as_written_with_a_template_engine_and_without() -> None:
    made = code_without_macros(CODE)
    assert Environment(autoescape=True, keep_trailing_newline=True).from_string(made).render() == made
    assert "{!" not in made
    shown = re.sub("<[^>]+>", "", markdown.markdown(made, extensions=["fenced_code", "md_in_html"]))
    for line in (
        "a {{ x }} and safe",
        "a: {{ x }} &amp; <b>",
        "# no heading",
        "  b: {% if y %} {# gone #} {! include !}",
    ):
        assert line in unescape(shown).split("\n")
    assert "{{ z }}\n" in unescape(shown)
    assert unescape(shown).endswith("\n{% raw %}")


def test_code_without_macros_stays_as_it_is() -> None:
    text = "a `{ x }`\n\n```sh\necho ${X}\n```\n"
    assert code_without_macros(text) == text
    assert code_without_macros(f"{text}\n`{{{{ x }}}}`") == f"{text}\n\\{{\\{{ x \\}}\\}}"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("```sh\nx", "```sh\nx\n```"),
        ("a\n\n~~~~", "a\n\n~~~~\n~~~~"),
        ("```\nx\n```", "```\nx\n```"),
        ("```\nx\n~~~\n", "```\nx\n~~~\n```"),
        ("````\n```\n", "````\n```\n````"),
    ],
)
def test_a_fence_without_an_end_does_not_take_in_what_comes_below(text: str, whole: str) -> None:
    assert embedded(text) == whole


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[x](javascript:alert(1))", "[x]\\(javascript:alert(1))"),
        ("[x]( <JavaScript:alert(1)>)", "[x]\\( &lt;JavaScript:alert(1)>)"),
        ("[x](&#106;avascript:alert(1))", "[x]\\(&#106;avascript:alert(1))"),
        ("![x](data:text/html,y)", "![x]\\(data:text/html,y)"),
        ("[x]\n\n[x]: javascript:alert(1)", "[x]\n\n\\[x]: javascript:alert(1)"),
        ("[x](https://a.example/data:1) [y][z]\n\n[z]: /a", "[x](https://a.example/data:1) [y][z]\n\n[z]: /a"),
    ],
)
def test_an_address_that_would_run_is_no_link(text: str, made: str) -> None:
    assert embedded(text) == made


@pytest.mark.parametrize(("text", "level", "headings"), [("## A\n### B", 3, "### A\n#### B"), ("###### A", 2, "## A")])
def test_headings_move_together(text: str, level: int, headings: str) -> None:
    assert embedded(text, level) == headings


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# See\n\n- one\n- [ ] two\n\n1. three\n> four", "See one two three four"),
        ("a **b** `c|d` | e", "a **b** `c\\|d` \\| e"),
        ("| a | b |\n| --- | --- |\n| c | d |", "a b c d"),
        ("log:\n```sh\n# <b> | *x*\n```\nend", "log: \\# &lt;b> \\| \\*x\\* end"),
        ("<b>bold</b> <script>x</script> {{ y }}", "**bold** &lt;script>x&lt;/script> \\{\\{ y \\}\\}"),
        ("an open ` tick", "an open \\` tick"),
        ("", ""),
    ],
)
def test_markdown_on_one_line(text: str, line: str) -> None:
    assert on_one_line(text) == line
