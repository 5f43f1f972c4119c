"""Fetching a page without being led astray."""
