"""Who is named, and who does what to whom."""
