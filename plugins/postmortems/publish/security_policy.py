"""The Content-Security-Policy of a built site: nothing from elsewhere, and no script but the theme's.

Material prints a few scripts right into its pages, and one of them differs with the page's depth. A policy without
`unsafe-inline` lets such a script run only by the hash of its exact text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from postmortems.model.docs_folder import SCRIPT_FOLDERS

CSP_FILE = "csp.txt"
"""Path of the policy below the site's root: one line, the value of the header."""

_HOST = re.compile(r"[\w.-]+(?::\d{1,5})?", re.ASCII)

# Possessive throughout, so that nothing is tried twice: a value of an attribute may hold a `>`.
_ATTRIBUTES = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_SOURCE = re.compile(r"(?:^|\s)src\s*=", re.IGNORECASE)
_DATA = re.compile(r"""(?:^|\s)type\s*=\s*["']?application/(?:ld\+)?json\b""", re.IGNORECASE)


def inline_scripts(html: str) -> Iterator[str]:
    """The text of each script that is in a page itself and runs; data in a script's clothes is left out.

    A scan for one word, since every page of a build passes by; where it takes too much for a script, the policy has a
    hash that nothing needs.
    """
    begin = html.find("<script")
    while begin >= 0:
        opened = _ATTRIBUTES.match(html, begin + 7)
        if opened is None:
            return
        end = html.find("</script", opened.end())
        if end < 0:
            return
        attributes = html[begin + 7 : opened.end() - 1]
        text = html[opened.end() : end]
        if text.strip() and not _SOURCE.search(attributes) and not _DATA.search(attributes):
            yield text
        begin = html.find("<script", end)


def script_hash(text: str) -> str:
    """The source expression that lets an inline script run: 'sha256-…', of the text as a browser reads it.

    Source: W3C, Content Security Policy Level 3, 6.7.2.3; line ends are made one by the HTML standard, 13.2.3.5.
    """
    read = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(read.encode()).digest()).decode()}'"


def security_policy(
    hashes: Iterable[str], site_url: str = "", scripts: Iterable[str] = (), *, wasm: bool = False
) -> str:
    """The value of the header, of one line. `wasm` lets WebAssembly run, which Pagefind is, and no text.

    Where the address of the site is known, scripts come from the theme's folders and from the files `scripts` alone,
    so that a script among an author's files is none. Styles may be inline, since Markdown aligns the columns of a table
    with `style` attributes.
    """
    directives = {
        "default-src": ["'self'"],
        "script-src": [
            *_script_sources(site_url, scripts),
            *sorted(set(hashes)),
            *(["'wasm-unsafe-eval'"] if wasm else []),
        ],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _script_sources(site_url: str, scripts: Iterable[str]) -> list[str]:
    """Sources of scripts. One without a scheme is of the page's own, or of the safe one if that is not."""
    parts = urlsplit(site_url)
    if not _HOST.fullmatch(parts.netloc):
        return ["'self'"]
    root = f"{parts.netloc}{quote(parts.path.rstrip('/'))}/"
    files = {quote(script.partition("?")[0].lstrip("/")) for script in scripts}
    return [
        root + path
        for path in (*SCRIPT_FOLDERS, *sorted(file for file in files if not file.startswith(SCRIPT_FOLDERS)))
    ]
