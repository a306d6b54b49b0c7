"""One module a kind of page, and the parts that pages share."""
