"""The addresses of the expo; each part has a module of its own."""

from expo.urls_calendar import calendar_patterns
from expo.urls_finding import finding_patterns
from expo.urls_pages import page_patterns
from expo.urls_programme import programme_patterns

app_name = "expo"
urlpatterns = [
    *finding_patterns,
    *calendar_patterns,
    *programme_patterns,
    *page_patterns,
]
