"""Personal data in a text: one module for each kind, and `find.py` for all of them."""
