"""Where the arithmetic of training runs: on a CUDA device where there is one, else on the processor.

Serving stays on the processor, whatever there is: the weights are small, and readers have no such device.
"""

from __future__ import annotations

import torch


def device() -> torch.device:
    """Results of one seed are the same from run to run on a processor; on an accelerator sums are taken in
    changing order, so that they differ in the last digits.
    """
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
