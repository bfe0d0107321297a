"""The admin site, named after the catalogue."""

from django.contrib.admin import AdminSite


class CatalogueAdminSite(AdminSite):
    enable_nav_sidebar = True
