"""Forms drawn in the design system by default; a page writes `{{ form }}` and no more.

Only templates/forms asks for `control`, so the record keeping at /admin/ keeps its own look.
"""

from copy import copy

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

# The first kind that a widget is an instance of decides; boxes to tick are radios to Django.
CSS_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.RadioSelect, ""),
    (forms.Select, "usa-select"),
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "file-input"),
    (forms.NumberInput, "usa-input input--short"),
    (forms.DateTimeInput, "usa-input input--short"),
    (forms.DateInput, "usa-input input--short"),
    (forms.TimeInput, "usa-input input--short"),
    (forms.TextInput, "usa-input"),
    (forms.EmailInput, "usa-input"),
    (forms.PasswordInput, "usa-input"),
    (forms.URLInput, "usa-input"),
    (forms.SearchInput, "usa-input"),
    (forms.TelInput, "usa-input"),
)


class Field(BoundField):
    """A field of a form with what templates/forms needs to draw it."""

    @property
    def control(self) -> SafeString:
        """Return the input itself: classes, the browser's pickers, choices with their labels."""
        widget = copy(self.field.widget)
        widget.attrs = {**widget.attrs, **self._extra_attrs(widget)}
        if isinstance(widget, forms.Textarea):
            # A browser cuts what is pasted at maxlength; the form says how much is too much.
            widget.attrs.pop("maxlength", None)
        elif isinstance(widget, forms.RadioSelect):
            widget.template_name = "forms/choices.html"
            if self.field.required:  # one of them has to be chosen, and nothing is none of them
                widget.choices = [one for one in widget.choices if one[0] != ""]
        else:
            _use_picker(widget)
        return self.as_widget(widget)

    @property
    def anchor(self) -> str:
        """Return the id that a link to this field leads to: an input, never a group of them."""
        if isinstance(self.field.widget, forms.RadioSelect):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_tick(self) -> bool:
        """Whether this is one box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def shown_with(self) -> str:
        """Return "name=value|value" of the choices that this field belongs to, or nothing."""
        return str(self.field.widget.attrs.get("data-shown-with", ""))

    @property
    def is_optional(self) -> bool:
        """Whether it says that it may be left out: not where it is needed, if not to save."""
        is_needed = self.field.required or "data-needed" in self.field.widget.attrs
        return not is_needed and not self.shown_with

    @property
    def longest(self) -> int | None:
        """Return how many characters fit into this text of several lines, None for all else."""
        is_text = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_text else None

    @property
    def is_file_gone(self) -> bool:
        """Whether a file was chosen here that has to be chosen again: a page cannot keep one."""
        form = self.form
        is_sent_back = form.is_bound and bool(form.errors)
        return is_sent_back and self.html_name in (form.files or {})

    def _extra_attrs(self, widget: forms.Widget) -> dict[str, str]:
        css = next((css for kind, css in CSS_CLASSES if isinstance(widget, kind)), "")
        if self.errors and css.startswith("usa-") and not self.is_tick:
            css += " usa-input--error"
        given = widget.attrs.get("class", "")
        attrs = {"class": f"{css} {given}".strip()} if css else {}
        if isinstance(widget, forms.CheckboxSelectMultiple):
            attrs["kind"] = "checkbox"
        elif isinstance(widget, forms.RadioSelect):
            attrs["kind"] = "radio"
        return attrs


class Renderer(TemplatesSetting):
    """Forms and fields come from templates/forms, everything else from Django."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field


def _use_picker(widget: forms.Widget) -> None:
    """Turn a date or time into the browser's own picker, written as that understands it."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
