from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    name = "coachwork.web"

    def ready(self) -> None:
        if any(code == "ar-xb" for code, _name in settings.LANGUAGES):
            from coachwork.web import pseudo

            pseudo.register()
