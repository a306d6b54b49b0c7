"""Compiled layouts and templates, kept between processes by whoever has a place for them."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class KeptBytecode(BytecodeCache):
    """Code that Jinja has compiled, by the name and place of each file. Jinja itself sees whether a text has changed.

    `found` and `keep` also get the environment, since the compiler applies its filters to constants.
    """

    def __init__(self, found: Callable[[Environment, str], object], keep: Callable[[str, bytes], None]) -> None:
        self._found = found
        self._keep = keep

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja before it compiles."""
        data = self._found(bucket.environment, bucket.key)
        if isinstance(data, bytes):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja after it has compiled."""
        self._keep(bucket.key, bucket.bytecode_to_string())
