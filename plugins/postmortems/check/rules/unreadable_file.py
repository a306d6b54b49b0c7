"""## What it does

Finds postmortems, patterns, timelines, a template and an incident register that cannot be read at all: text that is
not UTF-8, a NUL byte, a file that is larger than 2 MB, or one that cannot be opened.

Below the docs folder it also finds whatever no site can be made of: folders and files that may not be opened, names
that are not UTF-8, pipes, sockets and devices, broken links, and links to a folder that contains them.
Nothing of it is read or published. What begins with a dot is left alone.

## Why this matters

An editor shows such a file with a few strange letters, and a build that skips it loses a whole incident without a
word. Nothing else in the file can be checked until it is readable.

## Example

A "Café" that was saved in Latin-1:

```hexdump
43 61 66 e9
```

## Use instead

The same word in UTF-8:

```hexdump
43 61 66 c3 a9
```

## Options

None.
"""

from __future__ import annotations

from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Level

RULE = Rule(
    code="PM001",
    name="unreadable-file",
    level=Level.ERROR,
    page=__doc__,
    found_while_reading=True,
    may_be_waived=False,
)
