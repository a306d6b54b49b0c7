"""What every page is made with: the Jinja environment, addresses, the context, the frame of a page."""
