"""Whose words: quotations, attributions, speakers."""
