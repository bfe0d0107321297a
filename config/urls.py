"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from innovation.urls import root_patterns

urlpatterns = [
    # First, since nearly all that is asked for is there; none of them ends where an old address of
    # `root_patterns` does.
    *i18n_patterns(path("", include("innovation.urls")), path("", include("expo.urls"))),
    path("admin/", admin.site.urls),
    *root_patterns,
]

if settings.DEBUG:
    from innovation.urls import development_patterns

    urlpatterns = [path("dev/", include(development_patterns)), *urlpatterns]

handler400 = "innovation.views.errors.bad_request"
handler403 = "innovation.views.errors.forbidden"
handler404 = "innovation.views.errors.not_found"
handler500 = "innovation.views.errors.server_error"
