"""Model and findings become pages, pictures and data. The only room that knows Jinja; nothing is computed here.

Every page comes out as HTML parts that stand around the authored text (`page.Page`); the theme's own frame is put
around them by `publish`.
"""
