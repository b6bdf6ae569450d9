"""What a person types before something is erased or looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Two deliberate acts: the name in full, and whether the sign-in goes too."""

    confirmation = forms.CharField(
        label=_("Type the name of this record"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    account = forms.BooleanField(label=_("Delete my sign-in as well"), required=False, initial=True)


class SearchForm(forms.Form):
    """Words to look for in one's own record."""

    q = forms.CharField(label=_("Words to look for"), max_length=200, required=False)
