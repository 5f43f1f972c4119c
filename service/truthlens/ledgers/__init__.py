"""What can be counted in an article: sources, replies, numbers, claims of its headline."""
