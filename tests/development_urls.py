"""The addresses as in development: the tests run on the production settings, which lack some."""

from django.urls import include, path

from config.urls import urlpatterns as production_patterns
from innovation.urls import development_patterns

urlpatterns = [path("dev/", include(development_patterns)), *production_patterns]

handler404 = "innovation.views.errors.not_found"
