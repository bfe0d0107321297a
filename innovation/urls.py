"""The catalogue's addresses. `root_patterns` stand outside the languages."""

from django.urls import path

from innovation.addresses import address
from innovation.root_urls import (
    component_patterns,
    cover_patterns,
    machine_patterns,
    mail_patterns,
    old_patterns,
)
from innovation.views import (
    challenges,
    initiative_list,
    initiatives,
    organisations,
    platforms,
    start,
    suggestions,
    vocabularies,
)

app_name = "innovation"

urlpatterns = [
    path("", start.start, name="start"),
    address("initiatives/", initiative_list.initiative_list, name="initiative-list"),
    address("initiatives/<slug:slug>/", initiatives.initiative_detail, name="initiative-detail"),
    address("suggestions/", suggestions.suggestions, name="suggestions"),
    address("challenges/", challenges.challenge_list, name="challenge-list"),
    address("challenges/<slug:slug>/", challenges.challenge_detail, name="challenge-detail"),
    address("categories/<slug:slug>/", vocabularies.category_detail, name="category-detail"),
    address("sectors/<slug:slug>/", vocabularies.sector_detail, name="sector-detail"),
    address("technologies/<slug:slug>/", vocabularies.technology_detail, name="technology-detail"),
    address(
        "global-goals/<slug:slug>/", vocabularies.global_goal_detail, name="global-goal-detail"
    ),
    address("organisations/", organisations.organisation_list, name="organisation-list"),
    address(
        "organisations/<slug:slug>/", organisations.organisation_detail, name="organisation-detail"
    ),
    address("platforms/", platforms.platform_list, name="platform-list"),
    address("platforms/<slug:slug>/", platforms.platform_detail, name="platform-detail"),
]

root_patterns = [*cover_patterns, *machine_patterns, *old_patterns]
development_patterns = [*mail_patterns, *component_patterns]
