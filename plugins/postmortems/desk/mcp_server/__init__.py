"""The server of the Model Context Protocol: five questions that an assistant may ask of a knowledge base."""
