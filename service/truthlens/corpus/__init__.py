"""What a corpus says, outlet by outlet and over time, out of the tables that `batch` wrote.

Nothing here is imported by the service, and no model is loaded: pyarrow comes with the extra `batch`.
"""
