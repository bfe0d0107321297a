"""Programmes from elsewhere. Each source's `parse(data)` is pure, `base.plan()` says what would
change, `base.apply()` writes it; a run twice changes nothing.
"""
