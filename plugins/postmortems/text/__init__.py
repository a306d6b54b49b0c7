"""Ground floor: plain words of inline Markdown, slugs, lists and plurals, escapes. Knows no noun of the domain."""
