"""The admin site under the catalogue's name, with its start page and a way back in.

It stands beside the package `innovation.admin`, not in it: importing that package registers the
models with the site, which must exist by then.
"""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.translation import gettext_lazy as _

# The groups of the start page and the sidebar. Other apps have a group of their own; what isn't
# named here comes last, in "Machinery".
GROUPS = (
    (_("Catalogue"), ("Initiative", "Challenge", "Platform", "Organisation")),
    (_("Collections"), ("Collection", "CollectionTheme", "CollectionExample")),
    (
        _("Vocabularies"),
        (
            "Category",
            "Sector",
            "Technology",
            "GlobalGoal",
            "Status",
            "FocalPoint",
            "InnovationHeight",
            "ExpectedImpact",
            "Operation",
            "OperationDomain",
            "Synonym",
        ),
    ),
    (_("What H22 is"), ("KeyFigure", "Milestone")),
    (_("People"), ("User", "Group")),
)
THE_REST = _("Machinery")


class CatalogueAdminSite(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Editors’ desk")
    empty_value_display = "–"

    def index(self, request, extra_context=None):
        from innovation.admin.dashboard import todo_lines  # registers models: needs this class

        return super().index(request, {"todo": todo_lines(self, request), **(extra_context or {})})

    def get_urls(self):
        from innovation.admin import password_reset as reset  # as above

        return [
            path("password_reset/", reset.AskView.as_view(), name="password_reset"),
            path("password_reset/sent/", reset.SentView.as_view(), name="password_reset_sent"),
            path(
                "password_reset/<uidb64>/<token>/",
                reset.ChooseView.as_view(),
                name="password_reset_choose",
            ),
            path("password_reset/done/", reset.DoneView.as_view(), name="password_reset_done"),
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """The models in groups that mean something to an editor, in the order of their use."""
        apps = self._build_app_dict(request, app_label)
        models = {
            item["object_name"]: (app, item) for app in apps.values() for item in app["models"]
        }
        groups = []
        catalogue, *rest = GROUPS
        for name, wanted in (catalogue, *_other_apps(apps), *rest, (THE_REST, tuple(models))):
            found = [models.pop(key) for key in wanted if key in models]
            if found:
                app = found[0][0]
                groups.append({**app, "name": name, "models": [item for _app, item in found]})
        return groups


def _other_apps(apps: dict) -> list[tuple]:
    """The groups of the apps that stand on the catalogue, in the order of their use."""
    return [
        (app["name"], tuple(item["object_name"] for item in app["models"]))
        for label, app in apps.items()
        if label not in ("innovation", "auth")
    ]
