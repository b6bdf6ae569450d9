from django.apps import AppConfig


class TracksConfig(AppConfig):
    name = "coachwork.tracks"
    default_auto_field = "django.db.models.BigAutoField"
