"""Rows for tests: valid and public by default, so that a test names only what it is about.

`make_initiative(internal=True)` is a published initiative that is internal. Everything that a
function doesn't know by name goes to the model as it is.
"""

from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from innovation import models
from innovation.choices import Band, FundingKind, Light, OrganisationKind, Role, Visibility
from innovation.permissions import EDITORS, MODERATORS, ensure_roles

PASSWORD = "correct-horse-battery"

# With as many digits each, so that names in order are in the order of their making.
_numbers = count(100_001)

# The statuses that rules ask about, as the demo data has them.
STATUSES = {
    "idea": {"name_sv": "Idé utforskas", "name_en": "Idea", "progress_percent": 25, "step": 1,
             "light": Light.DAWN},
    "pilot": {"name_sv": "Testas som pilot", "name_en": "Pilot", "progress_percent": 50, "step": 2,
              "light": Light.MORNING},
    "live-test": {"name_sv": "Testas skarpt", "name_en": "Tested live", "progress_percent": 75,
                  "step": 3, "light": Light.DAY},
    "realised": {"name_sv": "Realiserad", "name_en": "Realised", "progress_percent": 100,
                 "step": 4, "asks_for_lessons": True, "light": Light.NOON},
    "paused": {"name_sv": "Pausad", "name_en": "Paused", "keeps_progress": True,
               "light": Light.DUSK},
    "cancelled": {"name_sv": "Avbruten", "name_en": "Cancelled", "keeps_progress": True,
                  "asks_for_lessons": True, "light": Light.NIGHT},
    "not-stated": {"name_sv": "Ej angiven", "name_en": "Not stated"},
}  # fmt: skip


# ── Vocabularies ──────────────────────────────────────────────────────────────
def make_status(slug: str = "pilot", **fields) -> models.Status:
    """The status `slug`; made the first time, the same row afterwards."""
    values = {"name_sv": slug.capitalize(), "name_en": slug.capitalize()}
    values |= STATUSES.get(slug, {}) | fields
    return models.Status.objects.get_or_create(slug=slug, defaults=values)[0]


def make_category(**fields) -> models.Category:
    return _make_term(models.Category, "category", {"band": Band.DIGITAL} | fields)


def make_sector(**fields) -> models.Sector:
    return _make_term(models.Sector, "sector", fields)


def make_technology(**fields) -> models.Technology:
    return _make_term(models.Technology, "technology", fields)


def make_focal_point(**fields) -> models.FocalPoint:
    return _make_term(models.FocalPoint, "focal-point", fields)


def make_global_goal(number: int = 4, **fields) -> models.GlobalGoal:
    """Goal `number`; made the first time, the same row afterwards."""
    values = {"slug": str(number), "name_sv": f"Mål {number}", "name_en": f"Goal {number}"}
    return models.GlobalGoal.objects.get_or_create(number=number, defaults=values | fields)[0]


def _make_term(model, word: str, fields: dict):
    number = next(_numbers)
    name = word.replace("-", " ").capitalize()
    values = {"slug": f"{word}-{number}", "name_sv": f"{name} {number} (sv)",
              "name_en": f"{name} {number}"}  # fmt: skip
    return model.objects.create(**(values | fields))


# ── The catalogue ─────────────────────────────────────────────────────────────
def make_organisation(**fields) -> models.Organisation:
    number = next(_numbers)
    values = {
        "slug": f"organisation-{number}",
        "name_sv": f"Förvaltning {number}",
        "name_en": f"Administration {number}",
        "kind": OrganisationKind.ADMINISTRATION,
        "visibility": Visibility.PUBLISHED,
    }
    return models.Organisation.objects.create(**(values | fields))


def make_challenge(**fields) -> models.Challenge:
    number = next(_numbers)
    values = {
        "slug": f"challenge-{number}",
        "title_sv": f"Hur kan vi göra {number}?",
        "title_en": f"How can we do {number}?",
        "lead_sv": "Vi vill veta hur.",
        "lead_en": "We want to know how.",
        "visibility": Visibility.PUBLISHED,
    }
    return _create_with_lists(models.Challenge, values | fields)


def make_platform(**fields) -> models.Platform:
    number = next(_numbers)
    values = {
        "slug": f"platform-{number}",
        "title_sv": f"Plattform {number}",
        "title_en": f"Platform {number}",
        "lead_sv": "Något som fler kan bygga på.",
        "lead_en": "Something that more can build on.",
        "visibility": Visibility.PUBLISHED,
    }
    return _create_with_lists(models.Platform, values | fields)


def make_collection(**fields) -> models.Collection:
    number = next(_numbers)
    values = {
        "slug": f"collection-{number}",
        "title_sv": f"Samling {number}",
        "title_en": f"Collection {number}",
        "visibility": Visibility.PUBLISHED,
    }
    return models.Collection.objects.create(**(values | fields))


def make_initiative(**fields) -> models.Initiative:
    """Lists (sectors, partners, …) are given as lists; driven by a new administration."""
    number = next(_numbers)
    values = {
        "slug": f"initiative-{number}",
        "title_sv": f"Initiativ {number}",
        "title_en": f"Initiative {number}",
        "lead_sv": "Vi prövar något nytt.",
        "lead_en": "We try something new.",
        "visibility": Visibility.PUBLISHED,
    }
    values |= fields
    if "status" not in values:
        values["status"] = make_status("pilot")
    if "driven_by" not in values:
        values["driven_by"] = make_organisation()
    return _create_with_lists(models.Initiative, values)


def _create_with_lists(model, fields: dict):
    """Create a row, then set its many-to-many lists, which need the row's key."""
    names = {field.name for field in model._meta.many_to_many}
    row = model.objects.create(**{key: value for key, value in fields.items() if key not in names})
    for name in names & fields.keys():
        getattr(row, name).set(fields[name])
    return row


# ── What belongs to an initiative ─────────────────────────────────────────────
def make_contact(initiative: models.Initiative, **fields) -> models.InitiativeContact:
    values = {"function_sv": "Projektledare", "function_en": "Project manager",
              "email": "projekt@example.org"}  # fmt: skip
    return initiative.contacts.create(**(values | fields))


def make_impact_target(initiative: models.Initiative, **fields) -> models.ImpactTarget:
    values = {"goal_sv": "Fler deltar", "goal_en": "More take part"}
    return initiative.impact_targets.create(**(values | fields))


def make_funding(initiative: models.Initiative, **fields) -> models.FundingEntry:
    values = {"kind": FundingKind.GRANTED, "amount_sek": 100_000}
    return initiative.funding.create(**(values | fields))


def make_gallery_picture(initiative: models.Initiative, **fields) -> models.GalleryPicture:
    values = {"picture": picture_file(), "alt_sv": "En kaj", "alt_en": "A quay"}
    return initiative.gallery.create(**(values | fields))


def make_document(initiative: models.Initiative, **fields) -> models.InitiativeDocument:
    values = {"title_sv": "Rapport", "title_en": "Report",
              "file": ContentFile(b"%PDF-1.7\n", name="rapport.pdf")}  # fmt: skip
    return initiative.documents.create(**(values | fields))


def make_update(initiative: models.Initiative, **fields) -> models.InitiativeUpdate:
    values = {"dated_on": timezone.localdate(), "text_sv": "Nu börjar vi.",
              "text_en": "We begin now."}  # fmt: skip
    return initiative.updates.create(**(values | fields))


# ── People and files ──────────────────────────────────────────────────────────
def make_user(role: str | None = None, *, organisations=(), **fields) -> models.User:
    """Someone who signs in with PASSWORD: `role` is "editor" (for `organisations`), "moderator",
    "administrator" or None for someone who may not use the admin."""
    number = next(_numbers)
    values = {"email": f"user-{number}@example.org", "name": f"User {number}"}
    values |= {"is_staff": role is not None, "is_superuser": role == "administrator"}
    user = models.User.objects.create_user(password=PASSWORD, **(values | fields))
    for organisation in organisations:
        user.memberships.create(
            organisation=organisation, role=Role.MODERATOR if role == "moderator" else Role.EDITOR
        )
    groups = ensure_roles()
    if role in ("editor", "moderator"):
        user.groups.add(groups[EDITORS if role == "editor" else MODERATORS])
    return user


def picture_file(name: str = "kaj.png", *, size=(64, 48), kind: str = "PNG") -> SimpleUploadedFile:
    """A real picture of one colour, as an upload."""
    data = BytesIO()
    Image.new("RGB", size, "#1769aa").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue(), content_type=f"image/{kind.lower()}")
