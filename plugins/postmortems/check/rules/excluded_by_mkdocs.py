"""
## What it does

Names postmortems and patterns that MkDocs leaves out of the site, since `exclude_docs` or `draft_docs` in `mkdocs.yml`
matches them, or since their name, or that of a folder around them, begins with a dot. They are checked like all others.

## Why this matters

Nothing that is left out appears on the site: no page, no line in a list, no figure, no entry in the data files and
the feed. Where this is meant, as for an incident that few may read, it is good to see that it holds. Where it is not,
an incident is missing that everyone believes was published.

Files beside a postmortem are published all the same if only its own name is excluded; the help says so.

## Example

```yaml title="mkdocs.yml"
exclude_docs: |
  postmortems/2024/*-restricted/
```

```text
docs/postmortems/2024/02-restricted/postmortem.md
```

## Use instead

```text
docs/postmortems/2024/02-certificate-expired/postmortem.md
```

## Options

None of its own: it goes by MkDocs' [`exclude_docs`](https://www.mkdocs.org/user-guide/configuration/#exclude_docs) and
[`draft_docs`](https://www.mkdocs.org/user-guide/configuration/#draft_docs). A file that a plugin removes while the
site is built is left out in the same way, which this rule cannot know. To leave a file out of everything, the check
included, there is the setting `ignore`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from postmortems.check.artifacts import owner_of
from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.left_out import LeftOut
from postmortems.model.place import Place
from postmortems.text.spelling import count_words

_TOLD_OF_NOWHERE = "it is checked, but the site does not show it"
_WHY = {
    LeftOut.EXCLUDE_DOCS: "`exclude_docs` matches it",
    LeftOut.DRAFT_DOCS: "`draft_docs` matches it",
    LeftOut.DOT: "its name starts with a dot",
}
_HELP = {
    LeftOut.EXCLUDE_DOCS: _TOLD_OF_NOWHERE,
    LeftOut.DRAFT_DOCS: "it is checked, but only a preview shows it",
    LeftOut.DOT: _TOLD_OF_NOWHERE,
}


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem for each postmortem and pattern that is left out."""
    nouns = {postmortem.path: "postmortem" for postmortem in corpus.postmortems} | {
        pattern.path: "pattern" for pattern in corpus.patterns
    }
    named = {path: noun for path, noun in nouns.items() if path in corpus.left_out}
    beside = _published_beside(named, corpus) if named else {}
    for path, noun in named.items():
        left_out, published = corpus.left_out[path], beside.get(path, 0)
        yield Problem(
            "excluded-by-mkdocs",
            Place.at(path),
            f"MkDocs leaves this {noun} out of the site: {_WHY[left_out]}",
            _HELP[left_out] + (f"; not left out: {count_words(published, 'file')} beside it" if published else ""),
        )


def _published_beside(paths: Container[str], corpus: Corpus) -> Counter[str]:
    """Number of files beside each of these postmortems that are not left out."""
    owners = (owner_of(path, corpus) for path in corpus.files if path not in corpus.left_out)
    return Counter(owner.path for owner in owners if owner and owner.path in paths)


RULE = Rule(
    code="PM904",
    name="excluded-by-mkdocs",
    level=Level.INFO,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
