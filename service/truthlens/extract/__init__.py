"""From a saved page to an Article. Nothing in this package may import torch: it runs in the limited workers."""
