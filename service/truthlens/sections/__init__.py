"""One report section per file: the file's name is its key. See `section.py` for the contract."""
