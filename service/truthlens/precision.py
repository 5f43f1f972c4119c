"""Which arithmetic the encoder computes in: chosen once at start, by what the processor has.

Measured on 678 words: on a processor with matrix units (AMX) bfloat16 took 64 ms against 117 ms in
float32; on one with AVX2 alone it took 26 times as long. Eight-bit layers are not offered:
what torch has for them is deprecated. `truthlens bench` measures how far scores move in bfloat16.
"""

from __future__ import annotations

from typing import Literal, get_args

from truthlens.errors import ServiceError

Precision = Literal["float32", "bfloat16"]
AUTO = "auto"


def choose(wanted: str) -> Precision:
    """``wanted`` is auto, float32 or bfloat16. Raises ServiceError ``bad_settings`` for anything else.

    The same on every start of one machine: timing would let two starts give two reports of one article.
    """
    if wanted == "float32":
        return "float32"
    if wanted == "bfloat16":
        return "bfloat16"
    if wanted != AUTO:
        raise ServiceError(
            "bad_settings",
            f"The settings cannot be used: the precision is {wanted!r}.",
            f"Set TRUTHLENS_PRECISION to {AUTO}, {' or '.join(get_args(Precision))}, or leave it out.",
            status=500,
        )
    return "bfloat16" if _gains() else "float32"


def _gains() -> bool:
    import torch

    # Not public, and may be gone in another version: then float32 is right, if not always fastest.
    tests = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(getattr(torch.cpu, name, lambda: False)() for name in tests)
