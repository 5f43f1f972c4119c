"""Where records come from: one module for each kind of input, none of which knows of parts or tables.

A reader yields pairs: how many bytes of its input lie behind it, and a record. A record that cannot be read
is a record with a refusal; what it raises says that the rest of the input is lost.
"""
