"""The synonyms of the demo data: what the search's own rules for forms of words don't join."""

from collections.abc import Iterable

from django.db import transaction

from innovation.models import Synonym


@transaction.atomic
def add_synonyms(groups: Iterable[str]) -> int:
    """Add `groups` ("bok, böcker"), unless there are any: from then on editors keep the list.
    How many were added."""
    if Synonym.objects.exists():
        return 0
    synonyms = [Synonym(words=words) for words in groups]
    for synonym in synonyms:
        synonym.full_clean()
    return len(Synonym.objects.bulk_create(synonyms))
