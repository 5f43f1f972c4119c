"""Plainer words for loaded ones, each change checked."""
