"""Who may do what: predicates `(user, object) -> bool`, the same for admin, pages and API.

Three kinds of people use the admin. *Editors* write, each for the organisations that they have a
membership in. *Moderators* write everything and publish. *Administrators* (superusers) also look
after people and machinery.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from innovation import models
from innovation.choices import Role
from innovation.models import Initiative, Organisation

EDITORS = "Editors"
MODERATORS = "Moderators"
PUBLISH = "innovation.publish_initiative"

# Editing roles; a representative sees the demand for an organisation but writes nothing.
WRITING_ROLES = (Role.EDITOR, Role.MODERATOR)

# What an editor writes: initiatives and the rows that belong to them. These three lists grow with
# what other apps add (`add_rights`).
_EDITORS_WRITE = [
    models.Initiative,
    models.ImpactTarget,
    models.ResidentInvolvement,
    models.FundingEntry,
    models.InitiativeFigure,
    models.InitiativeContact,
    models.InitiativeLink,
    models.InitiativeDocument,
    models.GalleryPicture,
    models.InitiativeUpdate,
    models.StatusChange,
]
# What a moderator writes besides.
_MODERATORS_WRITE = [
    models.Challenge,
    models.ChallengeContact,
    models.Platform,
    models.PlatformFeature,
    models.RoadmapItem,
    models.PlatformContact,
    models.PlatformLink,
    models.PlatformDocument,
    models.Organisation,
    models.Collection,
    models.CollectionTheme,
    models.CollectionExample,
    models.Category,
    models.Sector,
    models.Technology,
    models.GlobalGoal,
    models.FocalPoint,
    models.InnovationHeight,
    models.ExpectedImpact,
    models.Operation,
    models.OperationDomain,
    models.Synonym,
    models.KeyFigure,
    models.Milestone,
]
# Statuses carry rules (progress, lessons, light): read by all, changed by administrators.
_MODERATORS_READ = [models.Status, models.ImportReport, models.SlugRedirect]


def add_rights(*, editors_write=(), moderators_write=(), moderators_read=()) -> None:
    """Another app's models, for the two groups; called once, when that app is ready."""
    _EDITORS_WRITE.extend(editors_write)
    _MODERATORS_WRITE.extend(moderators_write)
    _MODERATORS_READ.extend(moderators_read)


# ── Initiatives ───────────────────────────────────────────────────────────────
def can_edit_initiative(user, initiative: Initiative) -> bool:
    """Editors, each within the organisations they write for; moderators everywhere."""
    if not user.has_perm("innovation.change_initiative"):
        return False
    return can_publish(user) or initiative.driven_by_id in written_organisation_ids(user)


def can_delete_initiative(user, initiative: Initiative) -> bool:
    """What has once been public is withdrawn, not deleted: its address is known."""
    if user.is_superuser:
        return True
    return (
        user.has_perm("innovation.delete_initiative")
        and initiative.published_at is None
        and can_edit_initiative(user, initiative)
    )


def can_add_initiative(user) -> bool:
    """An editor without an organisation has nowhere to put one."""
    if not user.has_perm("innovation.add_initiative"):
        return False
    return can_publish(user) or bool(written_organisation_ids(user))


# ── All that is published ─────────────────────────────────────────────────────
def can_publish(user, obj=None) -> bool:
    """Publish and withdraw: moderators, for everything that has a visibility."""
    return user.has_perm(PUBLISH)


def can_edit(user, obj) -> bool:
    """`can_edit_initiative` for initiatives, likewise for what names its owner (`owned_by`), the
    group's permission for all else."""
    if isinstance(obj, Initiative):
        return can_edit_initiative(user, obj)
    if not user.has_perm(_permission("change", obj)):
        return False
    owner = getattr(obj, "owned_by", "")
    if not owner or can_publish(user):
        return True
    return getattr(obj, f"{owner}_id") in written_organisation_ids(user)


def can_preview(user, obj) -> bool:
    """See the page of something unpublished: everyone who sees it in the admin."""
    return user.is_staff and (
        user.has_perm(_permission("view", obj)) or user.has_perm(_permission("change", obj))
    )


def _permission(verb: str, obj) -> str:
    return f"{obj._meta.app_label}.{verb}_{obj._meta.model_name}"


def can_change_reach(user, obj) -> bool:
    """Set `internal` and `is_example`. Once something is published, these two decide who sees it,
    as publishing does."""
    return can_publish(user) or obj is None or not obj.is_published


def written_organisation_ids(user) -> set[int]:
    """The organisations that `user` writes for; asked once per user object."""
    if not hasattr(user, "_written_organisation_ids"):
        found = user.memberships.filter(role__in=WRITING_ROLES)
        user._written_organisation_ids = set(found.values_list("organisation_id", flat=True))
    return user._written_organisation_ids


def organisations_offered(user):
    """Those that an initiative written by `user` can be driven by, and an event arranged by."""
    if can_publish(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=written_organisation_ids(user))


# ── Roles ─────────────────────────────────────────────────────────────────────
@transaction.atomic
def ensure_roles() -> dict[str, Group]:
    """Give the groups "Editors" and "Moderators" exactly their permissions; returns both by name.

    Can run any number of times. Permissions that an administrator added by hand are taken away:
    rights live in this file.
    """
    editors = _permissions(_EDITORS_WRITE, ("add", "change", "delete", "view"))
    editors |= _permissions((*_MODERATORS_WRITE, models.Status), ("view",))
    moderators = editors | _permissions(_MODERATORS_WRITE, ("add", "change", "delete", "view"))
    moderators |= _permissions(_MODERATORS_READ, ("view",)) | {(Initiative, "publish_initiative")}
    return {
        EDITORS: _ensure_group(EDITORS, editors),
        MODERATORS: _ensure_group(MODERATORS, moderators),
    }


def _permissions(kinds, verbs) -> set:
    return {(kind, f"{verb}_{kind._meta.model_name}") for kind in kinds for verb in verbs}


def _ensure_group(name: str, wanted: set) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    types = ContentType.objects.get_for_models(*{kind for kind, codename in wanted})
    found = Permission.objects.filter(content_type__in=types.values())
    keys = {(types[kind].pk, codename) for kind, codename in wanted}
    group.permissions.set([item for item in found if (item.content_type_id, item.codename) in keys])
    return group
