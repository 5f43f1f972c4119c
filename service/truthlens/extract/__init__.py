"""From a saved page to an Article. Nothing here may import torch: it runs in the limited workers."""
