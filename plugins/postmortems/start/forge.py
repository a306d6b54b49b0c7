"""The forge that a repository belongs to, from the address of its remote or from the files that it has."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from urllib.parse import urlsplit


class Forge(StrEnum):
    """Host of a repository, on which CI runs."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


_SIGNS = {Forge.GITHUB: (".github",), Forge.GITLAB: (".gitlab-ci.yml", ".gitlab")}


def forge_of(remote: str, exists: Callable[[str], bool]) -> Forge | None:
    """The forge of a repository, None where nothing tells it.

    `remote` is the address of its `origin`, empty if there is none; `exists` tells of paths below its root.
    """
    host = _host(remote)
    named = next((forge for forge in _SIGNS if forge.value in host.split(".")), None)
    return named or next((forge for forge, signs in _SIGNS.items() if any(map(exists, signs))), None)


def _host(remote: str) -> str:
    """The host of `https://host/path`, `ssh://git@host/path` or `git@host:path`."""
    try:
        if "://" in remote:
            return (urlsplit(remote).hostname or "").lower()
    except ValueError:
        return ""
    before, colon, _ = remote.partition(":")
    return before.rpartition("@")[2].lower() if colon and "/" not in before else ""
