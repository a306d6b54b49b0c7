"""Compiled templates of the theme and of our layouts, kept for the next build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postmortems.publish.incremental.values import OpaqueError, digest, text_of
from postmortems.render.base.bytecode import KeptBytecode

if TYPE_CHECKING:
    from postmortems.publish.incremental.memo import Memo


def keep_compiled(memo: Memo, *environments: Any) -> None:
    """Let these environments compile only what no earlier build has."""
    if not memo:
        return

    def key(environment: Any) -> bytes | None:
        try:
            return digest(memo.base, _environment_text(environment))
        except OpaqueError:  # A filter of a plugin: what the compiler does with it is seen when it runs.
            return None

    asked: dict[str, bytes | None] = {}
    """The key of each template as it was asked for: what is not found is compiled, and kept, right after that."""

    def found(environment: Any, name: str) -> object:
        of_all = asked[name] = key(environment)
        return None if of_all is None else memo.found(f"compiled {name}", of_all)

    def keep(name: str, data: bytes) -> None:
        if (of_all := asked[name]) is not None:
            memo.keep(f"compiled {name}", of_all, data)

    kept = KeptBytecode(found, keep)
    for environment in environments:
        environment.bytecode_cache = kept


def _environment_text(environment: Any) -> str:
    """All of an environment that is seen by the compiler."""
    options = [environment.autoescape, environment.trim_blocks, environment.lstrip_blocks, environment.optimized]
    names = sorted(environment.extensions)
    return text_of([options, names, environment.filters, environment.tests, sorted(environment.globals)])
