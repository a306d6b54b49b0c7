"""The search page: the box, every pattern with what helps now, and the words that its script asks with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial

from markupsafe import Markup

from postmortems.analyse.search.documents import subjects
from postmortems.analyse.search.index import vocabulary_of, words_held
from postmortems.analyse.search.words import STOP_WORDS, same_as_written
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.search_documents import facet_places, kinds_of, known_documents
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.patterns_page import frequent_patterns
from postmortems.settings import SearchEngine

SCRIPT = "assets/postmortems/search_page.js"
"""The script of the page, below the site's root, which loads the others."""

MODULES = tuple(
    f"assets/postmortems/search_{name}.js" for name in ("words", "hits", *(engine.value for engine in SearchEngine))
)

VOCABULARY = "search/vocabulary.txt"
DOCUMENTS = "search/documents.json"
KINDS = "search/kinds.json"
FACETS = "search/facets.json"

_RECURRING = 5
_MOST_WORDS = 10_000
_NO_WORD = re.compile(r"\d{4,}$|\d{2,}[^\W\d].{9}")
"""Pattern for a date, a number or a folder's name, which no question is corrected to, nor gone on with. They are two in
three words of a large knowledge base. Codes such as `kb5034441` stay, since a half-typed one is gone on with."""

_HTML = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def search_page(context: PageContext) -> Body:
    """The generated parts of `/search/`."""
    patterns = frequent_patterns(context)
    return render_body(
        "search.html",
        "",
        "Have we seen this before? Search patterns and postmortems.",
        context=context,
        engine=context.search_engine.value if context.search_engine else "",
        patterns=patterns,
        recurring=patterns[:_RECURRING],
        signs={pattern.id: json.dumps([*pattern.signals, *pattern.aliases]) for pattern, _ in patterns},
        severities=json.dumps(list(context.settings.severities)),
        words=Markup(json.dumps({"stop": sorted(STOP_WORDS), "same": same_as_written()}).translate(_HTML)),  # noqa: S704
        script=context.addresses.file(SCRIPT),
        writing=context.guide("writing"),
    )


def search_files(data_context: DataContext) -> Mapping[str, Callable[[], str]]:
    """The files that the page's script may ask for, by their place below the site's root."""
    context = data_context.pages
    files = {VOCABULARY: lambda: _vocabulary(data_context)}
    if context.search_engine is SearchEngine.MATERIAL:
        files[DOCUMENTS] = lambda: json.dumps(known_documents(context), separators=(",", ":"))
    return files if context.search_engine else {}


def _vocabulary(data_context: DataContext) -> str:
    found = subjects(data_context.pages.corpus)
    held = [data_context.remember(("words", subject.path), partial(words_held, subject)) for subject in found]
    words = [word for word in vocabulary_of(held) if not _NO_WORD.match(word)]
    return "\n".join(words[:_MOST_WORDS])


def index_files(names: Mapping[str, str], context: PageContext) -> Mapping[str, str]:
    """The files about the documents of an index that is written, by their place; `names` are theirs, by address."""
    return {
        KINDS: json.dumps(kinds_of(names, context), separators=(",", ":")),
        FACETS: json.dumps(facet_places(names, context), separators=(",", ":")),
    }
