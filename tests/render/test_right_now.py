"""*Right now* and *You may see*, as authors write them and as the page has them."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from postmortems.render.authored.authored_blocks import AuthoredBlocks


def rendered(text: str, *extensions: str) -> str:
    blocks = AuthoredBlocks()
    blocks.enter(None, is_pattern=True)
    html = Markdown(extensions=["toc", *extensions, blocks]).convert(text)
    return re.sub(r">\s+<", "><", html)


def test_steps_have_a_kind_a_sentence_and_a_command_and_come_first() -> None:
    html = rendered(
        """
Words about it.

## What it looks like

Slow.

## Right now

1. **Check** Count *both* in `client.go`, see [limits](x.md): `sum(a) / sum(b)`
2. **Do:** cut the intake.
3. **Don't** restart
4. An item of its own
"""
    )
    assert html == (
        '<div class="pm-now"><h2 id="right-now">Right now</h2><ol>'
        '<li><span class="pm-now__kind">Check</span>'
        '<p>Count <em>both</em> in <code>client.go</code>, see <a href="x.md">limits</a>: </p>'
        '<div class="pm-copy"><code>sum(a) / sum(b)</code></div></li>'
        '<li><span class="pm-now__kind">Do</span><p>Cut the intake.</p></li>'
        '<li><span class="pm-now__kind pm-now__dont">Don’t</span><p>Restart</p></li>'
        "<li>An item of its own</li></ol></div>"
        '<p>Words about it.</p><h2 id="what-it-looks-like">What it looks like</h2><p>Slow.</p>'
    )


def test_a_block_of_code_is_a_command_also_where_it_is_fenced() -> None:
    indented = "## Right now\n\n1. **Check** the disk\n\n        df -h\n\n2. **Do** nothing\n"
    assert '<div class="pm-copy"><pre><code>df -h\n</code></pre></div></li><li>' in rendered(indented)
    fenced = "## Right now\n\n- **Check** the disk\n\n    ```sh\n    df -h\n    ```\n"
    html = rendered(fenced, "pymdownx.superfences")
    assert re.search(r'<div class="pm-copy">.*df.*</div></li></ul></div>', html, re.DOTALL)


@pytest.mark.parametrize(
    "text",
    [
        "## You may see\n\n- Errors\n- Silence\n",
        "## What it looks like\n\n**Errors.** At Example it broke.\n\n**Silence:** nothing.\n\nNo lead.\n",
        "## Symptoms\n\n- **Errors** everywhere\n- **Silence.**\n",
    ],
)
def test_symptoms_are_listed_below_from_their_section_or_from_bold_leads(text: str) -> None:
    html = rendered(f"Lead.\n\n{text}\n## Right now\n\n1. **Do** it\n")
    begin = html.index("</div>") + len("</div>")
    assert html[begin:].startswith(
        '<h2 id="you-may-see">You may see</h2><ul class="pm-symptoms"><li>Errors</li><li>Silence</li></ul><p>Lead.</p>'
    )


@pytest.mark.parametrize(
    "text",
    ["", "Words.", "## Right now", "## What it looks like\n\n**One lead.** Only.\n", "# Right now\n\nA title.\n"],
)
def test_a_page_without_them_stays_as_it_is(text: str) -> None:
    assert "pm-symptoms" not in rendered(text)
    assert "pm-now__" not in rendered(text)


def test_markup_of_an_author_stays_inert() -> None:
    html = rendered("## Right now\n\n1. **Do** <script>alert(1)</script> `<img src=x onerror=y>`\n")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=y&gt;" in html
