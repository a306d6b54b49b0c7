"""The report on a change: what merging it would do, as Markdown."""
