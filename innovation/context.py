"""What every template knows."""

from django.conf import settings


def site(request):
    return {
        "SITE_NAME": settings.SITE_NAME,
        "CITY_NAME": settings.CITY_NAME,
        "SITE_URL": settings.SITE_URL,
        "DEBUG_PAGES": settings.DEBUG,
    }
