from django.apps import AppConfig


class ReflectionConfig(AppConfig):
    name = "coachwork.reflection"
    default_auto_field = "django.db.models.BigAutoField"
