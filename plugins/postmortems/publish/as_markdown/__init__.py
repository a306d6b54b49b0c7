"""The whole site as Markdown files, for builders that cannot load this plugin."""
