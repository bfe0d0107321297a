"""Addresses of the programme: as a list, a timetable and a map, and what is suggested."""

from expo.views import occasion_list, occasion_suggestions
from innovation.addresses import address

EDITION = "expo/<slug:edition>/"

finding_patterns = [
    address(f"{EDITION}programme/", occasion_list.occasion_list, name="occasion-list"),
    # "2027-06-01"; the view answers 404 to what is no day of the edition.
    address(f"{EDITION}days/<slug:day>/", occasion_list.day_detail, name="day-detail"),
    address(f"{EDITION}suggestions/", occasion_suggestions.suggestions, name="expo-suggestions"),
]
