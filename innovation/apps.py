from django.apps import AppConfig


class InnovationConfig(AppConfig):
    name = "innovation"

    def ready(self):
        from innovation import changes

        changes.watch()
