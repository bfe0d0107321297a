"""Who may do what in the expo; the roles are the catalogue's (`innovation.permissions`).

Editors write the events of the organisations that they write for, with their occasions. Moderators
write everything, and publish.
"""

from expo import models
from expo.models import Event, Occasion
from innovation import permissions

EDITORS_WRITE = (models.Event, models.Occasion)
MODERATORS_WRITE = (
    models.Expo,
    models.Area,
    models.Venue,
    models.AccessFeature,
    models.Theme,
    models.Audience,
)
MODERATORS_READ = (models.OccasionRevision,)


def register_rights() -> None:
    """Once, when the app is ready: `ensure_roles` gives the groups these rights too."""
    permissions.add_rights(
        editors_write=EDITORS_WRITE,
        moderators_write=MODERATORS_WRITE,
        moderators_read=MODERATORS_READ,
    )


def can_edit_occasion(user, occasion: Occasion) -> bool:
    """Whoever may edit its event."""
    return user.has_perm("expo.change_occasion") and permissions.can_edit(user, occasion.event)


def can_delete_event(user, event: Event) -> bool:
    """What has once been public is withdrawn, not deleted: its address is known."""
    if user.is_superuser:
        return True
    return (
        user.has_perm("expo.delete_event")
        and event.published_at is None
        and permissions.can_edit(user, event)
    )


def can_add_event(user) -> bool:
    """An editor without an organisation has nowhere to put one."""
    if not user.has_perm("expo.add_event"):
        return False
    return permissions.can_publish(user) or bool(permissions.written_organisation_ids(user))
