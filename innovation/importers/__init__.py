"""Ways in for data, one module per source.

A source has `read()`, which fetches, and `parse(data)`, which is pure and gives rows of the
types in `rows.py`. `base.plan()` says what they would change, `writing.apply()` does it.
"""
