"""The knowledge base for machines: one file a format, each a pure function from what was analysed to text.

What a file holds is declared once, in the typed records that it is written from, whose fields say what they mean; the
JSON Schema beside the file and the tables of the guide come from that declaration. Unknown is null, never zero.
"""
