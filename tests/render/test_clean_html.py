"""What is left of rendered HTML: all that Markdown's usual extensions make, and nothing that runs or loads."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import material
import nh3
import pytest
from markdown import Markdown
from tests.render.all_of_markdown import EXTENSIONS, OPTIONS, TEXT

from postmortems.render.authored.clean_html import clean, is_too_deep, with_inert_titles

URLS = {"http", "https", "mailto"}
VOID = {"br", "hr", "img", "input", "wbr", "path", "circle", "source", "track", "col"}


class Elements(HTMLParser):
    """The elements, attributes and words of HTML as a reader sees them, whatever the order and spelling."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted((name, _even(name, value or "")) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        self.seen.append(f"!{data}")


def _even(name: str, value: str) -> str:
    if name == "style":
        return value.replace(" ", "").rstrip(";").replace("85.00%", "85.0%")
    return " ".join(value.split())


def as_parsed(html: str) -> str:
    """The HTML as a browser reads it, with everything that is in it: some extensions put blocks into paragraphs."""
    tags = {str(one[0]) for one in Elements(html).seen if isinstance(one, tuple)}
    names = {name for one in Elements(html).seen if isinstance(one, tuple) for name, _ in one[1]}
    return nh3.clean(
        html, tags=tags, attributes={"*": names | {"viewBox"}}, strip_comments=False, link_rel=None, url_schemes=URLS
    )


def test_all_that_the_extensions_of_materials_reference_make_is_kept() -> None:
    html = Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS).convert(TEXT)
    for made in ("tabbed-set", "admonition", "footnote-ref", "task-list-item", "<svg", "arithmatex", "grid cards",
                 "mermaid", "data-linenos", "keys", "progress-bar", "<dl>", "headerlink", "<abbr", "critic"):  # fmt: skip
        assert made in html
    assert Elements(clean(html, diagrams=True)).seen == Elements(as_parsed(html)).seen
    assert clean(clean(html, diagrams=True), diagrams=True) == clean(html, diagrams=True)


def test_every_icon_of_the_theme_is_kept() -> None:
    icons = sorted(Path(material.__file__).parent.joinpath("templates/.icons").rglob("*.svg"))
    assert len(icons) > 10_000
    lost = [
        icon.name for icon in icons[::97] if Elements(clean(svg := icon.read_text("utf-8"))).seen != Elements(svg).seen
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<img src=a.png onerror=alert(1)>", '<img src="a.png" alt="">'),
        ('<a href=" java\tscript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="&#106;avascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="//example.org/">x</a>', '<a href="//example.org/">x</a>'),
        ('<a href="x" ping="https://example.org/" target="top" rel="opener">x</a>', '<a href="x">x</a>'),
        ('<a href="x" target="_blank" rel="noopener me">x</a>', '<a href="x" target="_blank" rel="noopener me">x</a>'),
        ('<img src="data:image/png;base64,AAAA" alt="x">',) * 2,
        ('<img alt="x" src="data:image/svg+xml;base64,AAAA">', "x"),
        ('<img alt="x" src="a.png" srcset="https://example.org/b.png 2x">', '<img alt="x" src="a.png">'),
        ('<video src="https://example.org/a.mp4" poster="//example.org/a.png"></video>', "<video></video>"),
        ('<video controls src="a.mp4"></video>', '<video controls="" src="a.mp4"></video>'),
        ("<form action=x><input name=q><button>Go</button></form>", "Go"),
        ('<input type="checkbox" checked disabled>', '<input type="checkbox" checked="" disabled="">'),
        ('<input type="image" src="x"><input value="x">', ""),
        ('<p style="text-align: center; position: fixed; inset: 0">x</p>', '<p style="text-align:center">x</p>'),
        ('<p style="width: url(//example.org)">x</p>', "<p>x</p>"),
        ('<p class="md-overlay note pm-card md-search">x</p>', '<p class="note">x</p>'),
        ('<a class="md-button md-button--primary" href="x">x</a>',) * 2,
        ('<div id="__config">{"base": "x"}</div>', '<div>{"base": "x"}</div>'),
        ('<label for="__drawer" id="__search">x</label>', "<label>x</label>"),
        ('<img name="getElementById" src="x">', '<img src="x" alt="">'),
        ('<div data-md-component="source" data-clipboard-text="x">x</div>', "<div>x</div>"),
        ('<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', "<svg><a>x</a></svg>"),
        ('<svg><use href="//example.org/a.svg#b"></use><image href="//example.org"/></svg>', "<svg></svg>"),
        ('<svg viewBox="0 0 1 1"><path d="M0" fill="url(//example.org)" stroke="#000"/></svg>',
         '<svg viewBox="0 0 1 1"><path d="M0" stroke="#000"></path></svg>'),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>", '<svg></svg><img src="x" alt="">'),
        ("<math><mi xlink:href='javascript:alert(1)'>x</mi></math>", ""),
        ('<base href="//example.org/"><meta http-equiv="refresh" content="0;url=//example.org">', ""),
        ('<iframe srcdoc="<script>alert(1)</script>"></iframe><object data=x></object><embed src=x>', ""),
        ("<template><img src=x onerror=alert(1)></template>", ""),
        ('<details open ontoggle="alert(1)"><summary>x</summary>y</details>',
         '<details open=""><summary>x</summary>y</details>'),
        ("</div></div><p>x", "<p>x</p>"),
        ("<!-- postmortems:evidence -->",) * 2,
        ("<p>1 &lt; 2 &amp; 3</p>",) * 2,
        ('<a href="https://example.org" name="__nav_1">x</a>', '<a href="https://example.org">x</a>'),
        ('<a name="an-old-anchor"></a>',) * 2,
    ],
)  # fmt: skip
def test_only_what_is_listed_is_left(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            '<img alt="Response times" src="https://graphs.example.org/d/a.png" title="x">',
            '<a class="pm-outside" href="https://graphs.example.org/d/a.png" rel="noreferrer">Response times</a>',
            id="named by its words",
        ),
        pytest.param(
            '<img alt="" src="//me:secret@graphs.example.org/a.png">',
            '<a class="pm-outside" href="//me:secret@graphs.example.org/a.png" rel="noreferrer">graphs.example.org</a>',
            id="named by its host",
        ),
        pytest.param(
            '<a href="https://example.org/ci"><img alt="passing" src="https://img.example.org/x.svg"></a> <img src="a.png">',
            '<a href="https://example.org/ci">passing</a> <img src="a.png" alt="">',
            id="no link in a link",
        ),
        pytest.param(
            '<a id="x"></a><img alt="A &lt;b&gt; &amp; &quot;c&quot;" src="\\\\example.org\\a">',
            '<a id="x"></a><a class="pm-outside" href="\\\\example.org\\a" rel="noreferrer">A &lt;b&gt; &amp; &quot;c&quot;</a>',
            id="escaped as before",
        ),
        pytest.param(
            '<img alt="😄" class="twemoji" src="https://cdn.example.org/1f604.svg" title=":smile:">',
            "😄",
            id="an emoji",
        ),
        pytest.param('<img src="ht\ntp:/\\/example.org/a" alt="x">', None, id="as browsers read it"),
    ],
)
def test_a_picture_from_another_site_is_a_link(html: str, expected: str | None) -> None:
    cleaned = clean(html)
    assert '<img src="http' not in cleaned
    assert "outside:" not in cleaned
    if expected is not None:
        assert cleaned == expected


@pytest.mark.parametrize(
    "html",
    [
        '<!-- <img alt="--" >><script>alert(1)</script> -->',
        '<!-- <img alt="--" src=x >><script>alert(1)</script> -->',
        '<!-- <img src="outside:javascript:alert(1)" alt=a> -->',
        "<!-- <input --><script>alert(1)</script><!-- >-->",
        "<!--<a>-->",
        "<!-- <img -->",
    ],
)
def test_a_comment_stays_as_it_is_and_ends_where_it_did(html: str) -> None:
    comment = html[: html.index("-->") + 3]
    assert clean(f"{html}<p>after</p>").startswith(f"{comment}<")
    assert clean(f"{html}<p>after</p>").endswith("<p>after</p>")
    assert "script" not in clean(f"{html}<p>after</p>").replace(comment, "")


def test_a_link_in_a_comment_makes_no_picture_behind_it_its_words() -> None:
    assert clean('<!--<a>--><img src="http://o.example/a.png" alt="a">') == (
        '<!--<a>--><a class="pm-outside" href="http://o.example/a.png" rel="noreferrer">a</a>'
    )


def test_a_diagram_is_drawn_only_by_a_script_of_the_sites_own() -> None:
    html = '<pre class="mermaid"><code>graph LR</code></pre>'
    assert clean(html, diagrams=True) == html
    assert clean(html) == "<pre><code>graph LR</code></pre>"


def test_a_title_stays_text_where_a_script_takes_it_for_html() -> None:
    html = clean('<b title="1 < 2 <img src=x onerror=alert(1)>">&lt;b></b>')
    assert with_inert_titles(html) == '<b title="1 &lt; 2 &lt;\u2060img src=x onerror=alert(1)&gt;">&lt;b&gt;</b>'
    # A layout may break the line before an attribute.
    assert with_inert_titles('<b\ntitle="&lt;img>">') == '<b\ntitle="&lt;\u2060img>">'


def test_a_tag_ends_where_its_sign_is() -> None:
    """What finds tags in cleaned HTML by their ends rests on this."""
    assert clean("""<p title='a>b<c"d'>x</p>""") == '<p title="a&gt;b&lt;c&quot;d">x</p>'


@pytest.mark.parametrize("tag", ["div", "details", "b", "span class=x", "a href=x", "table", "svg", "section"])
def test_what_is_nested_too_deeply_is_shown_as_text(tag: str) -> None:
    assert clean(f"<{tag}>" * 200_000).startswith("<pre>&lt;")
    assert clean(f"<{tag}>" * 5_000 + f"</{tag.split()[0]}>" * 5_000).startswith("<pre>&lt;")


@pytest.mark.parametrize(
    "html", ["<li>x", "<p>x", "<tr><td>x", "<br>", "<div><b>x</b></div>", "<img src=x>", "<dt>x<dd>y"]
)
def test_what_is_long_is_not_deep(html: str) -> None:
    assert not is_too_deep(html * 20_000)


@pytest.mark.parametrize(
    "piece", ['<img src="//e">', '<a><img src="//e">', "<a ", "<!--", '<p title="&lt;a">', "<input ", '"', "<b><i></b>"]
)
def test_no_html_makes_it_slow(piece: str) -> None:
    with_inert_titles(clean(piece * 20_000))
