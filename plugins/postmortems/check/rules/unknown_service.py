"""
## What it does

With a catalogue of services, finds services in front matter that it does not list, and names that it lists as another
name (an alias) of a service.

With or without one, finds two spellings of one service, such as "Checkout API" and "checkout-api": names that are alike
in their letters and digits are one service here. That is a warning. The catalogue's spelling is the right one, else the
one that is used most.

## Why this matters

A service's page is what people read before they touch it. An incident under another name is missing there, and the
service looks calmer than it is.

## Example

```yaml
services: [chekout]
```

with a catalogue:

```yaml title="services.yml"
- name: api
- name: checkout
  aliases: [checkout-service, shop]
  owner: payments
```

## Use instead

```yaml
services: [checkout]
```

```yaml title="services.yml"
- name: api
- name: checkout
  aliases: [checkout-service, shop]
  owner: payments
```

## Options

`services` in the settings names the catalogue. Aliases are what others may type; they are suggested, not accepted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from postmortems.check.rule import Context, Rule
from postmortems.model.catalogue import Catalogue
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.slug import slug
from postmortems.model.spelling import nearest


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """Problems of all postmortems at once, since only all together say which spelling is the usual one."""
    slugs = {name: slug(name) for one in corpus.postmortems for name in one.front_matter.services}
    usual = _usual_spellings(corpus, slugs)
    strange: dict[str, tuple[str, str] | None] = {}
    for postmortem in corpus.postmortems:
        for index, name in enumerate(postmortem.front_matter.services):
            if corpus.catalogue and name not in strange:
                strange[name] = _unlisted(name, slugs[name], corpus.catalogue)
            if found := strange.get(name):
                yield _problem(postmortem, index, *found)
            elif name != usual[slugs[name]]:
                yield _respelt(postmortem, index, name, usual[slugs[name]])


def _usual_spellings(corpus: Corpus, slugs: Mapping[str, str]) -> dict[str, str]:
    """The spelling of each slug: the catalogue's, else the most frequent, of several equally frequent the oldest."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for postmortem in corpus.postmortems:
        for name in postmortem.front_matter.services:
            counted[slugs[name]][name] += 1
    usual = {key: spellings.most_common(1)[0][0] for key, spellings in counted.items()}
    listed = corpus.catalogue.by_slug if corpus.catalogue else {}
    return usual | {key: service.name for key, service in listed.items()}


def _unlisted(name: str, key: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """The fact and the advice about a name that is no service of the catalogue; None where it is one."""
    if key in catalogue.by_slug:
        return None
    if service := catalogue.by_alias.get(key):
        return f'"{name[:80]}" is another name of "{service.name}"', f'write "{service.name}"'
    names = {alias: one.name for one in catalogue.services for alias in (*one.aliases, one.name)}
    meant = nearest(name, names)
    advice = f'did you mean "{names[meant]}"?' if meant else f"name one of its services, or add it to {catalogue.path}"
    return f'"{name[:80]}" is no service of the catalogue', advice


def _respelt(postmortem: Postmortem, index: int, name: str, usual: str) -> Problem:
    return _problem(
        postmortem,
        index,
        f'"{name[:80]}" is the service that is called "{usual[:80]}" elsewhere',
        f'write "{usual[:80]}", so that a search for it finds this incident, too',
        Level.WARNING,
    )


def _problem(postmortem: Postmortem, index: int, message: str, help_text: str, level: Level | None = None) -> Problem:
    return Problem("unknown-service", postmortem.place_of("services", index), message, help_text, level=level)


RULE = Rule(
    code="PM011",
    name="unknown-service",
    level=Level.ERROR,
    page=__doc__,
    examine_corpus=examine,
)
