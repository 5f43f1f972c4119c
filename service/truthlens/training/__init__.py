"""Trains what stands in weights/. Never imported while serving."""
