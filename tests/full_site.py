"""A small site in which every field of every public row is filled in."""

from dataclasses import dataclass
from datetime import date

from innovation import models
from innovation.choices import Band, FundingKind, OrganisationKind, RoadmapStatus, SourceType
from tests.builders import (
    STATUSES,
    make_category,
    make_challenge,
    make_contact,
    make_document,
    make_focal_point,
    make_funding,
    make_gallery_picture,
    make_global_goal,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
    make_update,
)
from tests.expo.full_expo import make_full_expo
from tests.expo.full_programme import make_full_programme
from tests.site_map import FULL

FILM = "https://youtu.be/dQw4w9WgXcQ"
PROSE = (
    "<p>En <strong>text</strong> med <a href='https://example.org/'>en länk</a>.</p>"
    "<h3>Rubrik</h3><ul><li>Ett</li><li>Två</li></ul><blockquote>Citat</blockquote>"
)
PROSE_EN = "<p>A text.</p><h3>Heading</h3><ol><li>One</li></ol>"
SOURCED = {
    "source_url": "https://example.org/kalla",
    "source_ref": "Rapport 2022, sidan 3",
    "source_url_exact": False,
}


@dataclass(frozen=True)
class Site:
    initiative: models.Initiative
    lead_only: models.Initiative
    cancelled: models.Initiative
    example: models.Initiative
    challenge: models.Challenge
    organisation: models.Organisation
    platform: models.Platform


def make_full_site() -> Site:
    """Rows with the slug FULL, and one initiative in every status. The lists have one page."""
    category = make_category(slug=FULL, band=Band.CLIMATE, text_sv=PROSE, text_en=PROSE_EN)
    challenge = _challenge(category)
    organisation = _organisation()
    platform = _platform(organisation)
    initiative = _initiative(category, challenge, organisation, platform)
    for slug in STATUSES:
        make_initiative(
            slug=f"status-{slug}",
            status=make_status(slug),
            challenge=challenge,
            category=category,
            participants=[organisation],
        )
    expo = make_full_expo(
        organisation=organisation, host=initiative.partners.last(), initiative=initiative
    )
    make_full_programme(expo)
    return Site(
        initiative=initiative,
        lead_only=make_initiative(
            slug="lead-only",
            driven_by=None,
            title_en="",
            lead_en="",
            status=make_status("not-stated"),
        ),
        cancelled=_cancelled(challenge, organisation),
        example=make_initiative(slug="example", is_example=True),
        challenge=challenge,
        organisation=organisation,
        platform=platform,
    )


def _challenge(category) -> models.Challenge:
    challenge = make_challenge(
        slug=FULL,
        source_slug="old-full",
        text_sv=PROSE,
        text_en=PROSE_EN,
        category=category,
        global_goals=[make_global_goal(4), make_global_goal(11)],
        focal_points=[make_focal_point(url="https://example.org/fokus"), make_focal_point()],
        alternative_titles=["Hur gör vi?"],
        inferred_fields=["category", "global_goals", "focal_points"],
        **SOURCED,
    )
    challenge.contacts.create(function_sv="Samordnare", email="samordnare@example.org")
    make_challenge(slug="another")
    return challenge


def _organisation() -> models.Organisation:
    organisation = make_organisation(
        slug=FULL,
        text_sv=PROSE,
        text_en=PROSE_EN,
        short_name="FÖRV",
        website="https://www.example.org/forvaltning/",
        is_h22_partner=True,
        parent=make_organisation(slug="parent"),
        administration=make_organisation(slug="administration"),
        inferred_fields=["kind", "parent", "administration"],
        **SOURCED,
    )
    make_organisation(slug="part", parent=organisation)
    make_organisation(
        slug="committee", administration=organisation, kind=OrganisationKind.COMMITTEE
    )
    return organisation


def _platform(organisation) -> models.Platform:
    platform = make_platform(
        slug=FULL,
        text_sv=PROSE,
        text_en=PROSE_EN,
        get_started_heading_sv="Börja här",
        get_started_heading_en="Begin here",
        get_started_sv=PROSE,
        get_started_en=PROSE_EN,
        video_url="https://vimeo.com/123456789",
        partners=[organisation],
        **SOURCED,
    )
    for number in (1, 2):
        platform.features.create(
            title_sv=f"Funktion {number}", group_sv="Grupp", text_sv="Vad den gör."
        )
    for status in RoadmapStatus:
        platform.roadmap.create(
            title_sv=f"Steg {status}", planned_on=date(2022, 5, 1), status=status, text_sv="Mer."
        )
    platform.contacts.create(
        function_sv="Förvaltare", role_sv="Frågor om teknik", email="teknik@example.org"
    )
    platform.links.create(title_sv="Kod", url="https://example.org/kod")
    return platform


def _initiative(category, challenge, organisation, platform) -> models.Initiative:
    texts = ("what", "why", "how", "delimitations", "lessons_learned", "collaboration_wanted")
    prose = {f"{name}_sv": PROSE for name in texts} | {f"{name}_en": PROSE_EN for name in texts}
    initiative = make_initiative(
        slug=FULL,
        source_slug="old-full",
        status=make_status("pilot"),
        status_comment_sv="Går som det ska.",
        status_comment_en="Goes as it should.",
        starts_on=date(2020, 1, 15),
        ends_on=date(2022, 6, 30),
        category=category,
        challenge=challenge,
        sectors=[make_sector(slug=FULL, text_sv=PROSE)],
        technologies=[make_technology(slug=FULL, text_sv=PROSE)],
        global_goals=[make_global_goal(4)],
        platforms=[platform],
        driven_by=organisation,
        participants=[make_organisation()],
        partners=[organisation, make_organisation(kind=OrganisationKind.COMPANY)],
        operations=[
            models.Operation.objects.create(slug="skola", name_sv="Skola", name_en="School")
        ],
        operation_domain=models.OperationDomain.objects.create(slug="larande", name_sv="Lärande"),
        expected_impact=models.ExpectedImpact.objects.create(slug="stor", name_sv="Stor"),
        innovation_heights=[models.InnovationHeight.objects.create(slug="ny", name_sv="Ny")],
        is_city_wide=True,
        challenges_core=True,
        open_for_schools=True,
        estimated_budget_sek=1_503_240,
        budget_note_sv="Räknat på två år.",
        video_url=FILM,
        place_sv="Drottninghög",
        source_type=SourceType.CITY_SITE,
        inferred_fields=["status", "category", "sectors", "figures", "involvements", "start_year"],
        **prose,
        **SOURCED,
    )
    _fill_parts(initiative)
    return initiative


def _fill_parts(initiative) -> None:
    for is_reached in (True, False, None):
        make_impact_target(
            initiative, is_reached=is_reached, target_value_sv="500 elever", outcome_sv="450 elever"
        )
    make_impact_target(initiative)
    make_funding(initiative, kind=FundingKind.GRANTED, amount_sek=500_000, note_sv="Bidrag")
    make_funding(initiative, kind=FundingKind.USED, amount_sek=250_000, dated_on=date(2021, 3, 1))
    make_contact(initiative)
    make_document(initiative)
    make_gallery_picture(initiative, caption_sv="Kajen", creator="Fotografen")
    make_update(initiative)
    initiative.links.create(title_sv="Mer att läsa", url="https://example.org/mer")
    initiative.involvements.create(text_sv="Invånare är med i varje möte.")
    initiative.figures.create(label_sv="Elever", value="500")
    initiative.figures.create(label_sv="Per cent", value="12.5")
    initiative.status_changes.create(to_status=make_status("idea"))
    initiative.status_changes.create(
        to_status=make_status("pilot"), changed_on=date(2021, 1, 1), comment_sv="Piloten börjar."
    )


def _cancelled(challenge, organisation) -> models.Initiative:
    initiative = make_initiative(
        slug="cancelled",
        challenge=challenge,
        driven_by=organisation,
        lessons_learned_sv="<p>Börja med lärarna.</p>",
        status=make_status("pilot"),
    )
    initiative.status = make_status("cancelled")
    initiative.status_comment_sv = "Pandemin stängde skolorna."
    initiative.save()
    return initiative
