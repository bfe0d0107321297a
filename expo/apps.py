from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpoConfig(AppConfig):
    name = "expo"
    verbose_name = _("Expo")

    def ready(self):
        from expo import snapshot
        from expo.permissions import register_rights
        from expo.sitemap import entries
        from expo.templatetags.programme import header_part
        from innovation import shells, sitemap

        sitemap.MORE.append(entries)
        shells.frame_states.append(snapshot.has_expos)
        shells.personal_parts["programme_summary"] = header_part
        register_rights()
