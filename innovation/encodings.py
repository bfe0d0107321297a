"""In which of our encodings an answer is sent."""

from functools import lru_cache

# Of the header, so that what is remembered by it stays small.
MAX_HEADER = 200


@lru_cache(maxsize=256)
def chosen_encoding(accepted: str) -> str:
    """The best of what the visitor accepts (RFC 9110 §12.5.3): "br", "gzip" or "identity"."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, weight = offer.partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), "identity")
