"""A text with everything that the extensions of Material's reference can make."""

from __future__ import annotations

from typing import Any

from material.extensions.emoji import to_svg, twemoji
from pymdownx.arithmatex import arithmatex_fenced_format
from pymdownx.superfences import fence_code_format

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink",
    "pymdownx.mark", "pymdownx.progressbar", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist", "pymdownx.tilde", "pymdownx.blocks.admonition", "pymdownx.blocks.details",
    "pymdownx.blocks.definition", "pymdownx.blocks.tab", "pymdownx.blocks.html", "pymdownx.blocks.caption",
]  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "toc": {"permalink": True, "title": "On this page"},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.critic": {"mode": "view"},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "pymdownx.highlight": {
        "anchor_linenums": True,
        "line_spans": "__span",
        "pygments_lang_class": True,
        "linenums_style": "pymdownx-inline",
    },
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "mermaid", "class": "mermaid", "format": fence_code_format},
            {"name": "math", "class": "arithmatex", "format": arithmatex_fenced_format(which="generic")},
        ]
    },
    "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
TEXT = """\
[TOC]

# Heading with `code` and :material-account-circle:

The API[^1] answers *slowly*, **very**, ~~never~~, H~2~O, x^2^, ==marked==, ^^inserted^^, {--gone--} {++new++}
{>>a remark<<}, (c), 1/2, https://example.org and ++ctrl+alt+del++, `#!python print("x")`. HTML is a language.

[^1]: A note with `code`.

    And a second paragraph.

*[HTML]: Hyper Text <Markup> "Language"

!!! note "A *title* with `code`"
    Text

    ??? warning inline end
        Inner

???+ tip
    Open

/// admonition | A block
    type: danger

Text
///

/// details | Blocks
    open: true

Text
///

/// html | div.framed
Text
///

=== "C"

    ```c linenums="1" hl_lines="2" title="hello.c"
    #include <stdio.h>
    int main(void) { return "a" < 'b'; }
    ```

=== "C++"

    Text

/// tab | Another
Text
///

- [x] done
- [ ] open
    * [ ] below

Term
:   Definition

| Left | Right | Middle |
|:-----|------:|:------:|
| a    | 1     | b      |

``` { .yaml .annotate .no-copy #settings }
theme: # (1)!
  name: material
```

1.  An :fontawesome-brands-youtube:{ .youtube title="Video" } **annotation**

```mermaid
graph LR
  A[Start] --> B{"Error?"};
```

$$
\\cos x=\\sum_{k=0}^{\\infty}\\frac{(-1)^k}{(2k)!}x^{2k}
$$

Inline $a < b$ math, and

```math
a < b
```

<div class="grid cards" markdown>

-   :material-clock-fast:{ .lg .middle } __Set up in 5 minutes__

    ---

    Text

    [:octicons-arrow-right-24: Getting started](#)

</div>

![Image](image.png){ align=left width="300" loading=lazy style="max-width: 50%" }

<figure markdown="span">
  ![Image title](https-image.png#only-dark){ width="300" decoding=async }
  <figcaption>Image *caption*</figcaption>
</figure>

[=85% "85%"]{: .candystripe .candystripe-animate }

[Subscribe](#){ .md-button .md-button--primary } [there](https://example.org/?a=1&b=2 "A title"){ target=_blank rel="noopener" }
[mail](mailto:team@example.org) [preview](../x.md){ data-preview } <a name="old"></a>

## Left out of search { data-search-exclude data-toc-label="Short" }

<details open><summary>More</summary><p align="center">H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark> <q>x</q>
<var>x</var> <samp>x</samp> <small>x</small> <u>x</u> <ruby>x<rt>y</rt></ruby> <time datetime="2026-01-01">x</time><br></p>
</details>

<table border="1"><caption>x</caption><colgroup><col width="10"></colgroup><tbody><tr><td colspan="2" rowspan="1">x</td></tr></tbody></table>

<!-- postmortems:evidence -->

<ol start="3" type="a"><li value="4">x</li></ol>

---
"""
