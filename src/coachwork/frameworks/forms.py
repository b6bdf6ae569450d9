"""What is typed on the pages of this room."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.kinds import KINDS, table
from coachwork.frameworks.kinds.harvest import BehaviourDraft, CompetencyDraft
from coachwork.frameworks.models import Competency, RoleProfile
from coachwork.kit import levels
from coachwork.kit.errors import Invalid
from coachwork.kit.levels import Text
from coachwork.people.models import Organisation

EVERYBODY = ""
LARGEST_UPLOAD = 200 * 2**20
MOST_BEHAVIOURS = 20
STEPS = [Decimal(half) / 2 for half in range(2, 11)]
LANGUAGE = RegexValidator(r"^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*$", _("A code such as en or pt-br."))


class Refusable(forms.Form):
    """A form that can show what an action refused."""

    def refuse(self, refusal: Invalid) -> None:
        for field, problem in refusal.fields.items():
            self.add_error(field if field in self.fields else None, problem)


class OwnedForm(Refusable):
    """Something that an organisation will own, or everybody on this installation."""

    organisation = forms.ChoiceField(label=_("Who it is for"), required=False)

    def __init__(
        self, *args: Any, organisations: list[Organisation], everybody: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in organisations}
        choices: list[tuple[str, Text]] = [(key, one.name) for key, one in self.owners.items()]
        if everybody:
            choices = [(EVERYBODY, _("Everybody on this installation")), *choices]
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.required = not everybody
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]

    def owner(self) -> Organisation | None:
        return self.owners.get(self.cleaned_data["organisation"])


class FrameworkForm(OwnedForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=forms.Textarea
    )
    locale = forms.CharField(
        label=_("Language it is written in"), max_length=16, initial="en", validators=[LANGUAGE]
    )
    field_order = ["name", "description", "locale", "organisation"]


class RewordForm(Refusable):
    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=forms.Textarea
    )


class CompetencyForm(Refusable):
    """A competency in full words."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Stays the same from version to version, such as C01."),
        validators=[
            RegexValidator(rf"\A{table.CODE.pattern}\Z", _("No blanks, and none of / \\ ? #."))
        ],
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    group = forms.CharField(label=_("Group"), max_length=160, required=False)
    description = forms.CharField(
        label=_("What it is"), max_length=4000, required=False, widget=forms.Textarea
    )
    observable_by_others = forms.BooleanField(
        label=_("Other people can see it"), required=False, initial=True
    )
    behaviours = forms.CharField(
        label=_("What somebody does who does it well"),
        help_text=_("One a line: something that could be filmed, such as “Asks before advising”."),
        max_length=6000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, word in levels.WORDS.items():
            self.fields[f"level_{level}"] = forms.CharField(
                label=f"{level}, {word}",
                help_text=str(levels.MEANINGS[level]),
                max_length=1000,
                required=False,
            )

    def clean_behaviours(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["behaviours"].splitlines()]
        found = [line for line in lines if line]
        if len(found) > MOST_BEHAVIOURS:
            raise forms.ValidationError(_("Twenty are enough for anybody to keep in mind."))
        if any(len(line) > table.LIMITS["behaviour"] for line in found):
            raise forms.ValidationError(_("Keep each line under 300 characters."))
        return found

    def draft(self) -> CompetencyDraft:
        asked = self.cleaned_data
        return CompetencyDraft(
            code=asked["code"],
            name=asked["name"],
            group=asked["group"],
            description=asked["description"],
            observable_by_others=asked["observable_by_others"],
            behaviours=[
                BehaviourDraft(f"{asked['code'][:38]}.{number}", text)
                for number, text in enumerate(asked["behaviours"], start=1)
            ],
            anchors={
                level: text for level in levels.WORDS if (text := asked[f"level_{level}"].strip())
            },
        )

    @staticmethod
    def of(competency: Competency) -> dict[str, Any]:
        """What the form shows of a competency that is there."""
        shown: dict[str, Any] = {
            name: getattr(competency, name)
            for name in ("code", "name", "group", "description", "observable_by_others")
        }
        shown["behaviours"] = "\n".join(one.text for one in competency.behaviours.all())
        for anchor in competency.anchors.all():
            shown[f"level_{anchor.level}"] = anchor.text
        return shown


class RoleForm(Refusable):
    """A role with a level for each competency that it asks for."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In a sentence or two"), max_length=1000, required=False, widget=forms.Textarea
    )

    def __init__(
        self,
        *args: Any,
        competencies: Iterable[Competency],
        role: RoleProfile | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.competencies = list(competencies)
        chosen = {one.competency_id: one for one in role.targets.all()} if role else {}
        for one in self.competencies:
            target = chosen.get(one.pk)
            self.fields[f"level_{one.pk}"] = forms.ChoiceField(
                label=one.worded("name"),
                required=False,
                choices=[("", _("Not asked for")), *((str(s), levels.said(s)) for s in STEPS)],
                initial=str(target.level) if target else "",
            )
            self.fields[f"importance_{one.pk}"] = forms.ChoiceField(
                label=_("How much it matters"),
                required=False,
                choices=[("3", _("Matters most")), ("2", _("Matters")), ("1", _("Helps"))],
                initial=str(target.importance) if target else "2",
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each competency side by side."""
        return [
            (self[f"level_{one.pk}"], self[f"importance_{one.pk}"]) for one in self.competencies
        ]

    def targets(self) -> list[tuple[UUID, Decimal, int]]:
        asked = self.cleaned_data
        return [
            (one.pk, Decimal(level), int(asked[f"importance_{one.pk}"] or 2))
            for one in self.competencies
            if (level := asked[f"level_{one.pk}"])
        ]


class ImportForm(OwnedForm):
    """A file to bring in."""

    kind = forms.ChoiceField(label=_("What it is"))
    file = forms.FileField(
        label=_("File"), help_text=_("A zip, CSV or XLSX of up to 200 megabytes.")
    )
    name = forms.CharField(
        label=_("Name of the framework"),
        help_text=_("For a table of your own; the name of the file when left empty."),
        max_length=160,
        required=False,
    )
    locale = forms.CharField(
        label=_("Language of the file"), max_length=16, initial="en", validators=[LANGUAGE]
    )
    dry_run = forms.BooleanField(
        label=_("Only check it: read everything, write nothing"), required=False
    )
    field_order = ["kind", "file", "name", "locale", "organisation", "dry_run"]

    def __init__(self, *args: Any, everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, everybody=everybody, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, one.title) for key, one in KINDS.items() if everybody or key == "csv"
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("This file is larger than 200 megabytes."))
        return file

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if asked.get("organisation") and asked.get("kind") not in (None, "csv"):
            self.add_error("organisation", _("A catalogue is for everybody on this installation."))
        return asked
