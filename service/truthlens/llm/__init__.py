"""The optional language model on this computer: where it is, how it is asked, what of its answers is kept."""
