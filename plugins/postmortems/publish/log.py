"""The host's log, made safe to print: it quotes names of files and targets of links as authors wrote them.

A CI job obeys some of the lines that it prints, and a terminal some characters. Everything that MkDocs, this plugin and
others log goes by here: each line is made harmless, and no secret in it is whole.
"""

from __future__ import annotations

import logging

from postmortems.check.masking import printable

HOSTS = ("mkdocs", "properdocs")
"""The loggers of the hosts, by name."""


class _Harmless(logging.Filter):
    """Lets every record through, as it may be printed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "\n".join(map(printable, record.getMessage().split("\n"))), None
        return True


_HARMLESS = _Harmless()


def guard_log() -> None:
    """Let what the host's handlers print be harmless from now on."""
    for name in HOSTS:
        for handler in logging.getLogger(name).handlers:
            handler.addFilter(_HARMLESS)
