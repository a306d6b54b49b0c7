"""A new knowledge base, and its place in a site that exists: files and edits, as values.

Nothing here writes. What a file says before its placeholders are filled lies in `scaffold/`, as it will lie in the new
folder; patterns and templates are those of this repository's own site.
"""
