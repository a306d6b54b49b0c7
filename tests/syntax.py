"""Syntax trees of Python files."""

from __future__ import annotations

import ast
import gc
from pathlib import Path


def syntax_tree(path: Path) -> ast.Module:
    """The tree of a file.

    Nothing is collected meanwhile: where a finalizer runs code of its own, such as that of a temporary folder, Python
    3.11 ends with "AST constructor recursion depth mismatch".
    """
    text = path.read_text("utf-8")
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        gc.enable()
