"""One indicator per file: the file's name is its key. See `indicator.py` for the contract."""
