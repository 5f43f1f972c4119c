"""What a reading costs: time, memory and start, measured here. Never loaded while serving."""
