"""How a library is kept on disk: sealed files, one pointer, and nothing visible before all of it is there."""
