"""The HTTP rim: who may ask, what, and how it is answered."""
