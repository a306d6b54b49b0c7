"""The ground of every page: the Jinja environment, addresses, the context, the frame of a page."""
