from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coachwork.coaching"
    default_auto_field = "django.db.models.BigAutoField"
