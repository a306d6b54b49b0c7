"""
## What it does

Finds personal data in postmortems, patterns and `timeline.json`: e-mail addresses, public IP addresses, telephone
numbers with a country code, bank accounts (IBAN) and payment cards by their check digits, and identifiers of customers
that the settings describe.

Left alone are the addresses of roles and teams (`support@`, `noreply@`, `storage-team@`), of `example.com` and other
domains for documentation; private, local and documentation ranges, networks (`34.0.0.0/8`), public resolvers such as
`8.8.8.8`, and version numbers; numbers that cost the caller nothing or more than a call, and those kept for films; and
digits in a row behind "order", "id" and the like. `authors` and `owner` are contacts and are ignored.

## Why this matters

A postmortem is read for years, by people who have no business with the customer that it names; the law gives that
customer a say in it. The lesson needs "a customer", rarely which one.

## Example

```markdown
### Business Impact

jane.doe@wholesale-customer.shop lost 12 orders, all sent from 34.120.7.9.
```

## Use instead

```markdown
### Business Impact

A wholesale customer lost 12 orders, all sent from one address of theirs (192.0.2.10 in the logs below).
```

## Options

`personal_data`: `identifiers` are regular expressions for numbers of customers, such as `CUST-\\d{6}`; `allow` lists
what may be in the text, such as `'*@status.example'`; `phone_region`, such as `GB`, also finds telephone numbers of
that country without its code.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.personal.find import find_personal_data
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

_TO_BE_ASKED = ("authors", "owner")


def examine(document: Postmortem | Pattern, context: Context) -> Iterator[Problem]:
    """A problem at each piece of personal data."""
    left_alone = _contacts(document)
    for excerpt in document.excerpts:
        if (excerpt.path, excerpt.line) in left_alone:
            continue
        for span in find_personal_data(excerpt.text, context.settings.personal_data):
            yield Problem(
                "personal-data",
                Place.at(excerpt.path, excerpt.line, span.start + 1, span.length),
                f'"{span.masked(excerpt.text)}" is {span.what}',
                'replace it with a description such as "a customer", or with <redacted>;'
                " list allowed values under personal_data: allow in the settings",
            )


def _contacts(document: Postmortem | Pattern) -> set[tuple[str, int]]:
    """The lines on which the front matter says whom to ask."""
    if isinstance(document, Pattern):
        return set()
    return {(place.path, place.line) for keys, place in document.places.items() if keys[0] in _TO_BE_ASKED}


RULE = Rule(
    code="PM802",
    name="personal-data",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
)
