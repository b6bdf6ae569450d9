from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "coachwork.assessment"
    default_auto_field = "django.db.models.BigAutoField"
