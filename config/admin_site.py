"""The admin under the catalogue's own name and look."""

from django.contrib.admin.apps import AdminConfig


class CatalogueAdminConfig(AdminConfig):
    default_site = "innovation.admin_site.CatalogueAdminSite"
