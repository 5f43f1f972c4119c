"""Many articles at once: records in, tables of Parquet out, in parts that a killed run need not do again.

Nothing here is imported by the service. pyarrow and warcio come with the extra `batch`, Ray with `ray`.
"""
