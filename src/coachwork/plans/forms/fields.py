"""The small parts that forms of this room are made of."""

from typing import Any

from django import forms

from coachwork.kit.errors import Invalid


class Words(forms.Form):
    """A form whose fields take what the rules say about them, and can ask for the focus."""

    def refuse(self, refusal: Invalid) -> None:
        """Put the sentences of a refusal at the fields that they are about."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, sentence)

    def focus_first_problem(self) -> None:
        """Let the first field with a problem take the focus when the page opens."""
        for name in self.fields:
            if name in self.errors:
                self.fields[name].widget.attrs |= {"autofocus": True, "data-focus": ""}
                return


class Draft(Words):
    """A form that takes what is there: words that are needed later may wait until then."""

    use_required_attribute = False
    needed: tuple[str, ...] = ()  # shown as needed, not asked for yet

    def full_clean(self) -> None:
        self._ask_for(False)
        super().full_clean()
        self._ask_for(True)

    def _ask_for(self, required: bool) -> None:
        for name in self.needed:
            self.fields[name].required = required


def line(label: Any, *, most: int = 300, **options: Any) -> forms.CharField:
    """One line of text; `dir=auto`, because people write in many directions."""
    attrs = {"dir": "auto", **options.pop("attrs", {})}
    return forms.CharField(
        label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **options
    )


def text(label: Any, *, most: int = 4000, rows: int = 4, **options: Any) -> forms.CharField:
    """A few lines of text."""
    attrs = {"dir": "auto", "rows": rows, **options.pop("attrs", {})}
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs=attrs), **options
    )


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)
