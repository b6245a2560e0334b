"""Forms of tags: what it is for and called, other words, and into which it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from community.people.models import Person
from community.refusals import Refusal
from forums.tags.naming import main_names
from forums.tags.tending import add_synonym, describe, rename


class RefusableForm(forms.Form):
    """A form whose verb may say no, in a sentence at the right field, or that it waits for a look."""

    is_waiting = False

    def tried(self, field: str, verb: Any) -> bool:
        """Call the verb; False with the sentence at the field when it is refused."""
        try:
            self.is_waiting = verb() is not None or self.is_waiting
        except Refusal as refusal:
            self.add_error(field, str(refusal))
            return False
        return True


class DescriptionForm(RefusableForm):
    """What a tag is for."""

    description = forms.CharField(
        label=gettext_lazy("What is it for?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Shown above its questions. Markdown works here."),
    )

    def save(self, tag: Tag, by: Person) -> bool:
        """Describe it; False when that is refused."""
        return self.tried("description", lambda: describe(tag, self.cleaned_data["description"], by=by))


class TagForm(DescriptionForm):
    """The name of a tag, and what it is for."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    field_order = ("name", "description")

    def save(self, tag: Tag, by: Person) -> bool:
        """Rename and describe; False when one of them is refused."""
        name = self.cleaned_data["name"]
        return self.tried("name", lambda: rename(tag, name, by=by)) and super().save(tag, by)


class SynonymForm(RefusableForm):
    """Another word for a tag."""

    word = forms.CharField(label=gettext_lazy("Another word for it"), max_length=40)

    def save(self, tag: Tag, by: Person) -> bool:
        """Add it; False when it is refused."""
        return self.tried("word", lambda: add_synonym(tag, self.cleaned_data["word"], by=by))


class MergeForm(forms.Form):
    """The tag into which another goes."""

    into = forms.CharField(label=gettext_lazy("Into which tag?"), max_length=40)

    def clean_into(self) -> Tag:
        """The tag of that name, or of which it is a synonym."""
        names = main_names([self.cleaned_data["into"]])
        if not names or not (tag := Tag.objects.filter(name=names[0]).first()):
            raise forms.ValidationError(_("There is no tag of that name."))
        return tag
