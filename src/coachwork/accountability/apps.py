from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "coachwork.accountability"
    default_auto_field = "django.db.models.BigAutoField"
