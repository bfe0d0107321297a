"""The catalogue's addresses. `root_patterns` stand outside the languages."""

app_name = "innovation"

root_patterns = []
development_patterns = []
urlpatterns = []
