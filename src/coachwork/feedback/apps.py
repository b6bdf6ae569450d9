from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "coachwork.feedback"
    default_auto_field = "django.db.models.BigAutoField"
