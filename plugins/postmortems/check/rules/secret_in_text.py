"""
## What it does

Finds secrets: private keys, the keys and tokens of providers (AWS, Azure, Discord, GitHub, GitLab, Google, Mailchimp,
npm, OpenAI, PyPI, SendGrid, Slack, Square, Stripe, Telegram, Twilio), JSON Web Tokens, passwords in addresses
(`postgres://app:…@db`), what a request shows to be let in (`Authorization: Bearer …`, `?token=…`, session cookies), and
values behind a name that only secrets have (`db_password: …`). It looks into every line of postmortems, patterns and
`timeline.json`, front matter, comments and code included, and of the other text files below `postmortems/`: artifacts,
notes, the register.

Commit hashes, UUIDs, trace ids and checksums are not secrets. Neither are placeholders: `<token>`, `$TOKEN`,
`xxxx`, `AKIAIOSFODNN7EXAMPLE`, `user:password@`, and a password for a host below `example.com`.

Secrets are never shown in full and never tested against the provider.

## Why this matters

Anyone who can read the repository can use it, and so can anyone who finds a copy years later. Git does not
forget: a secret that was pushed is public to all these readers, even when the next commit removes it.

## Example

```markdown
### Technical Impact

The job logged its key: `-----BEGIN RSA PRIVATE KEY-----` and the 25 lines below it.
```

## Use instead

```markdown
### Technical Impact

The job logged its private key, that of the signing service, as `private_key=<redacted>`. It was revoked at 15:10.
```

If it was pushed already: revoke it where it was issued, check the provider's log for its use, then
remove it here. Rewriting the history comes last, if at all, and replaces none of these.

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmortems.check.rule import Context, Rule
from postmortems.check.secrets import find_secrets
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem


def examine(document: Postmortem | Pattern | Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each secret in a document, or in the files that belong to none."""
    return _problems(document.excerpts)


def _problems(excerpts: Iterable[Excerpt]) -> Iterator[Problem]:
    for excerpt in excerpts:
        for span in find_secrets(excerpt.text):
            yield Problem(
                "secret-in-text",
                Place.at(excerpt.path, excerpt.line, span.start + 1, span.length),
                f'"{span.masked(excerpt.text)}" is {span.what}',
                "rotate it first, since every reader of the repository may have it; then write <redacted> in its place",
            )


RULE = Rule(
    code="PM801",
    name="secret-in-text",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    examine_pattern=examine,
    examine_corpus=examine,
)
