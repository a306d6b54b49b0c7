"""A template that authors fill in: how it looks, and its source to copy."""

from __future__ import annotations

from markupsafe import Markup, escape

from postmortems.render.base.page import Heading, Page

FOLDER = "templates/"


def template_page(uri: str, source: str, title: str | None, body: str) -> tuple[str, Page]:
    """The Markdown to render and the parts around it, for the template at `uri`.

    `source` is the whole file, `title` and `body` are its front matter's title and what stands below it. A title
    that is itself a placeholder gives way to the file's name.
    """
    name = uri.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
    shown = title if title and "[" not in title else name
    before = Markup('<div class="pm"><h1>{}</h1><p class="pm-lede">How it looks when rendered; ').format(shown)
    before += Markup('<a href="#source">its source to copy</a> is below.</p></div>')
    after = Markup('<h2 id="source">Source</h2><pre class="pm-source"><code>{}</code></pre>').format(escape(source))
    return body, Page(shown, before, after, (Heading("source", "Source"),))


def with_named_boxes(html: str) -> str:
    """A rendered template whose checkboxes have a name, which the Markdown extension for task lists gives them not."""
    return html.replace('<input type="checkbox" ', '<input type="checkbox" aria-label="Done" ')
