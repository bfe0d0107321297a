"""Editors' pages of the expo. Importing this registers its models with the site, in the order in
which its start page shows them."""

# ruff: isort: off
from expo.admin import editions, events, occasions, places, terms, programmes  # noqa: F401
