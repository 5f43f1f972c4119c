"""A finished analysis as text, Markdown, HTML, CSV and annotations."""
