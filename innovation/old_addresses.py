"""Where the row is now that an address of the past leads to."""

from django.db import models

from innovation.models.base import SlugRedirect


def current_for(model: type[models.Model], slug: str) -> models.Model | None:
    """The row of `model` that `slug` meant: on the old site, now, or before its slug was changed.

    What the public may see comes before what it may not; the caller decides what a hidden row is
    answered with.
    """
    # What never stood on the old site has an empty source slug; PostgreSQL can't look for NUL.
    if not slug or "\x00" in slug:
        return None
    everything = model.objects.all()
    shelves = [everything]
    if hasattr(everything, "visible"):
        shelves.insert(0, everything.visible())
    for rows in shelves:
        if row := _by_any_name(rows, slug):
            return row
    return None


def _by_any_name(rows: models.QuerySet, slug: str) -> models.Model | None:
    model = rows.model
    # Not unique: the old site had one address in each language.
    if hasattr(model, "source_slug") and (
        row := rows.filter(source_slug=slug).order_by("pk").first()
    ):
        return row
    redirects = SlugRedirect.objects.filter(model=model._meta.model_name, old_slug=slug)
    return (
        rows.filter(slug=slug).first() or rows.filter(pk__in=redirects.values("object_id")).first()
    )
