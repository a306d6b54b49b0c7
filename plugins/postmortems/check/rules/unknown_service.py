"""
## What it does

With a catalogue of services, finds services in front matter that it does not list, and names that it lists as another
name (an alias) of a service.

With or without one, finds two spellings of one service or one owner, such as "Checkout API" and "checkout-api": names
that have the same letters, digits and signs `+`, `#` and `&` are one name here, while "C", "C++" and "C#" are three.
That is a warning. The catalogue's spelling is the right one, else the one that is used most. Owners are those of
postmortems and of action items.

## Why this matters

A service's page is what people read before they touch it. An incident under another name is missing there, and the
service looks calmer than it is. The same holds for a team's page and its action items.

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

from collections.abc import Iterable, Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.catalogue import Catalogue
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over
from postmortems.text.slug import composed, slug, spellings_by_slug
from postmortems.text.spelling import nearest


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """Problems of all postmortems at once, since only all together say which spelling is the usual one."""
    yield from _services(corpus)
    yield from _owners(corpus, context)


def _services(corpus: Corpus) -> Iterator[Problem]:
    catalogue = corpus.catalogue
    listed = [service.name for service in catalogue.services] if catalogue else []
    usual = _usual_spellings(
        (name for postmortem in corpus.postmortems for name in postmortem.front_matter.services), listed
    )
    strange: dict[str, tuple[str, str] | None] = {}
    for postmortem in corpus.postmortems:
        for index, name in enumerate(postmortem.front_matter.services):
            if catalogue and name not in strange and not is_left_over(name, corpus):
                strange[name] = _unlisted(name, slug(name), catalogue)
            if found := strange.get(name):
                yield Problem("unknown-service", postmortem.place_of("services", index), *found)
            elif name != usual[slug(name)]:
                yield _respelt(postmortem.place_of("services", index), "service", name, usual[slug(name)])


def _owners(corpus: Corpus, context: Context) -> Iterator[Problem]:
    listed = [service.owner for service in corpus.catalogue.services if service.owner] if corpus.catalogue else []
    written = [named for postmortem in corpus.postmortems for named in _named_owners(postmortem, context)]
    usual = _usual_spellings((name for name, _ in written), listed)
    for name, place in written:
        if composed(name) != composed(usual[slug(name)]):
            at = place.place_of("owner") if isinstance(place, Postmortem) else place
            yield _respelt(at, "owner", name, usual[slug(name)])


def _named_owners(postmortem: Postmortem, context: Context) -> Iterator[tuple[str, Place | Postmortem]]:
    """The owners of a postmortem and of its action items; each with its place, of the postmortem's own with this."""
    source = context.corpus.sources.source_of(postmortem.path)
    name = postmortem.front_matter.owner
    # That of a source is given to its documents, and nobody has spelt it.
    if name and not (source and name == source.name):
        yield name, postmortem
    yield from context.summary_of(postmortem).owners


def _usual_spellings(written: Iterable[str], listed: Iterable[str]) -> dict[str, str]:
    """The spelling of each name by its slug: the catalogue's, else the most frequent, of several the oldest."""
    usual = {key: spellings.usual for key, spellings in spellings_by_slug(written).items()}
    return usual | {slug(name): name for name in listed}


def _unlisted(name: str, key: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """The fact and the advice about a name that is not in the service catalogue; None where it is one."""
    if key in catalogue.by_slug:
        return None
    if service := catalogue.by_alias.get(key):
        return f'"{name[:80]}" is an alias of "{service.name}"', f'write "{service.name}"'
    names = {alias: service.name for service in catalogue.services for alias in (*service.aliases, service.name)}
    meant = nearest(name, names)
    advice = (
        f'did you mean "{names[meant]}"?' if meant else f"use a service from it, or add this one to {catalogue.path}"
    )
    return f'"{name[:80]}" is not in the service catalogue', advice


def _respelt(place: Place, noun: str, name: str, usual: str) -> Problem:
    return Problem(
        "unknown-service",
        place,
        f'"{name[:80]}" is the {noun} spelt "{usual[:80]}" elsewhere',
        f'write "{usual[:80]}", so that searches find this incident too',
        level=Level.WARNING,
    )


RULE = Rule(
    code="PM011",
    name="unknown-service",
    level=Level.ERROR,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
)
