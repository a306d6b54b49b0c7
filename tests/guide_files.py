"""Write the generated pages of the guide into `docs/`, where a forge shows them: python -m tests.guide_files."""

from __future__ import annotations

from pathlib import Path

from postmortems.render.pages.guide_pages import guide_pages

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Write each page, and remove those of rules that are gone."""
    for file in (DOCS / "guide/rules").glob("*.md"):
        file.unlink()
    for path, text in guide_pages().items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        (DOCS / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
