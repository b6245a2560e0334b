"""The forms of the settings pages."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Brand, Ownership, Product, ProductVersion
from community.people.hours import week_of
from community.people.languages import codes_in, names_of_languages
from community.people.models import Person, Persona
from community.people.roles import Role
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.profiles.photos import clean_photo
from community.refusals import Refusal

MOST_TOPICS = 10


class GatedForm(forms.ModelForm):
    """A form whose texts pass the gate: let through, refused beside the field, or held while the old text stays."""

    waits_as = ""
    held: dict[str, tuple[str, Verdict]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {}

    def through_the_gate(self, name: str, text: str, by: Person, *, where: str = "profile") -> str:
        """What the field says from now on. A text that is held is kept in `held` instead."""
        before = str(getattr(self.instance, name))
        if text == before:
            return text
        try:
            verdict = check(text, by=by, where=where).enforce()
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        text = verdict.cover(text)
        if not verdict.is_held:
            return text
        self.held[name] = (text, verdict)
        return before

    def hold(self, by: Person) -> HeldChange | None:
        """What waits for a look now, if anything does; what waited of the same fields before waits no longer."""
        earlier = HeldChange.objects.of(by, by, self.waits_as)
        left = {
            name: text for name, text in (earlier.texts if earlier else {}).items() if name not in self.changed_data
        }
        if not self.held:
            if earlier and len(left) < len(earlier.texts):
                earlier.take_back(by=by)
            return None
        texts = left | {name: text for name, (text, _verdict) in self.held.items()}
        findings = [finding for _text, verdict in self.held.values() for finding in verdict.findings]
        because = Verdict(findings, "profile").held_because
        return HeldChange.objects.hold(by, self.waits_as, texts, by=by, because=because)


class ProfileForm(GatedForm):
    """What everybody may say of themselves."""

    waits_as = "profile"

    class Meta:
        model = Person
        fields = ["about", "topics", "locale", "time_zone"]
        labels = {
            "about": _("About you"),
            "topics": _("What you know about"),
            "locale": _("Language"),
            "time_zone": _("Time zone"),
        }
        help_texts = {
            "about": _("Shown on your page. Up to 300 characters."),
            "topics": _("Up to ten words or tags with commas between them, such as: bluetooth, repairs."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        languages = dict(settings.LANGUAGES) | {"de": "Deutsch", "fr": "Français", "es": "Español"}
        languages.setdefault(self.instance.locale, self.instance.locale)
        self.fields["time_zone"] = forms.ChoiceField(
            choices=[(zone, zone.replace("_", " ")) for zone in zones], label=_("Time zone")
        )
        self.fields["locale"] = forms.ChoiceField(
            choices=sorted(languages.items()), label=_("Language"), help_text=_("Mails come in it where we speak it.")
        )

    def clean_about(self) -> str:
        return self.through_the_gate("about", self.cleaned_data["about"].strip(), self.instance)

    def clean_topics(self) -> str:
        words = [" ".join(word.strip(" #").split()) for word in self.cleaned_data["topics"].split(",")]
        kept = list(dict.fromkeys(word for word in words if word))
        if len(kept) > MOST_TOPICS:
            raise ValidationError(_("Ten are enough: name what you know best."))
        return self.through_the_gate("topics", ", ".join(kept), self.instance)


class OwnershipForm(forms.Form):
    """A product that somebody owns."""

    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), empty_label=_("Choose a product"))
    version = forms.CharField(label=_("Version"), max_length=40, required=False, help_text=_("Such as fw 3.2."))
    order_number = forms.CharField(
        label=_("Order number"), max_length=40, required=False, help_text=_("Only the support team can see it.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["product"].queryset = Product.objects.visible_to(person).select_related("brand")  # type: ignore[attr-defined]
        names = ProductVersion.objects.order_by("name").values_list("name", flat=True).distinct()[:200]
        self.versions = list(names)
        self.fields["version"].widget.attrs["list"] = "version-names"

    def clean_order_number(self) -> str:
        number = self.cleaned_data["order_number"].strip()
        if number and not all(sign.isalnum() or sign in "-/# " for sign in number):
            raise ValidationError(_("Letters, digits and dashes, as on your receipt."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        product, name = data.get("product"), (data.get("version") or "").strip()
        data["version"] = product.versions.filter(name__iexact=name).first() if product and name else None
        if product and name and data["version"] is None:
            known = ", ".join(product.versions.values_list("name", flat=True)[:6])
            self.add_error("version", _("We know these versions of it: %(names)s.") % {"names": known or "–"})
        return data

    def save(self) -> Ownership:
        """Add it, or correct what was said before."""
        facts = {"version": self.cleaned_data["version"], "order_number": self.cleaned_data["order_number"]}
        return Ownership.objects.update_or_create(
            person=self.person, product=self.cleaned_data["product"], defaults=facts
        )[0]


class PersonaForm(GatedForm):
    """The public face of somebody on the team."""

    waits_as = "persona"

    class Meta:
        model = Persona
        fields = ["alias", "topics", "languages", "hours", "photo", "can_do", "cannot_do"]
        labels = {
            "alias": _("Public name"),
            "photo": _("Photo"),
            "languages": _("Languages"),
            "hours": _("Hours"),
            "topics": _("Knows about"),
            "can_do": _("Can do for you"),
            "cannot_do": _("Cannot do"),
        }
        help_texts = {
            "languages": _("Such as English, Deutsch"),
            "hours": _("Such as Mon–Fri 09:00–17:00, Sat 10:00–14:00"),
        }
        widgets = {
            "photo": forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            "can_do": forms.Textarea(attrs={"rows": 2}),
            "cannot_do": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = names_of_languages(self.initial.get("languages", ""))

    def clean_languages(self) -> str:
        """Kept as codes, whatever they were called."""
        try:
            return " ".join(dict.fromkeys(codes_in(self.cleaned_data["languages"])))
        except LookupError as unknown:
            raise ValidationError(
                _("We do not know the language “%(name)s”. Write it in English or in itself."),
                params={"name": str(unknown)[:40]},
            ) from None

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        return clean_photo(photo) if photo and hasattr(photo, "content_type") else photo

    def clean_hours(self) -> str:
        """Hours that can be told from: customers read when somebody is back."""
        hours: str = self.cleaned_data["hours"].strip()
        week_of(hours)
        return hours

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("alias", "topics", "hours", "can_do", "cannot_do"):
            if data.get(name):
                try:
                    data[name] = self.through_the_gate(name, data[name], self.instance.person)
                except ValidationError as error:
                    self.add_error(name, error)
        return data

    def save(self, commit: bool = True) -> Persona | None:
        """Put it on. A first persona without a name that everybody may read waits as a whole."""
        if "alias" in self.held and self.instance._state.adding:
            names = [name for name in ("topics", "hours", "can_do", "cannot_do") if name not in self.held]
            self.held |= {name: (self.cleaned_data.get(name, ""), Verdict()) for name in names}
            return None
        persona: Persona = super().save(commit)
        persona.put_on()
        return persona


class GrantForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"))
    brand = forms.ModelChoiceField(
        Brand.objects.order_by("name"),
        label=_("For"),
        required=False,
        to_field_name="slug",
        empty_label=_("All brands"),
    )
    expires_at = forms.DateTimeField(
        label=_("Until"),
        required=False,
        help_text=_("Empty means for good."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(role.value, role.value.replace("_", " ").capitalize()) for role in Role if role is not Role.MEMBER]
        self.fields["role"].choices = names  # type: ignore[attr-defined]

    def clean_expires_at(self) -> Any:
        until = self.cleaned_data["expires_at"]
        if until and until <= timezone.now():
            raise ValidationError(_("This moment has passed already."))
        return until

    def save(self, person: Person, *, by: Person) -> Any:
        """Give the role."""
        brand = self.cleaned_data["brand"]
        return person.grant(
            Role(self.cleaned_data["role"]),
            by=by,
            brand=brand.slug if brand else "",
            expires_at=self.cleaned_data["expires_at"],
            reason=self.cleaned_data["reason"],
        )
