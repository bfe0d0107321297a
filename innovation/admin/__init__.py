"""Editors' pages. Importing this registers every model with the site."""

from innovation.admin import (  # noqa: F401
    challenge,
    collection,
    facts,
    initiative,
    machinery,
    organisation,
    people,
    platform,
    synonyms,
    vocabulary,
)
