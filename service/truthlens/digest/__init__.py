"""What sections say with the article's own sentences."""
