"""A postmortem knowledge base: read, check, analyse, render, publish.

The rooms below this package follow a postmortem's journey, and imports go one way only:
`model` holds the nouns; `read` turns files into them; `check` says what is unsound; `analyse` says
what the whole corpus tells; `render` makes pages; `publish` hands them to MkDocs; `cli` is the command.
`journey` walks the whole way for `publish` and `cli`, so that both always agree.
"""

__version__ = "0.2.0"
