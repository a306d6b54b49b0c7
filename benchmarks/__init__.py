"""Speed, memory and size, measured on a made-up knowledge base. Run by `make bench`, never by the tests."""
