"""Articles on one event: found, set side by side, offered by feeds."""
