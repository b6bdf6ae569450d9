"""Forms are drawn by the design system: `{{ form }}` and `{{ field.as_field_group }}`."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Widgets as Django draws them, forms and fields from our own components."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"
