"""One task per file: the file's name is the head's. See `training/task.py` for the contract."""
