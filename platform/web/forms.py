"""Forms as every page shows them: label, help, error beside the field, the typed text kept."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
