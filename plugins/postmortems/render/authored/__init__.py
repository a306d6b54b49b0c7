"""An author's Markdown, and what is drawn around it."""
