"""Exports of programs, whichever program: JSON, people, text that is not trusted, and the body that is made of them."""
