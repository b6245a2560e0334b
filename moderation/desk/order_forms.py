"""What supervisors set about the order of the queue, the open hours and the promises."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from moderation.queue.models import Calendar, Item, Ordering, Promise
from moderation.queue.models.calendar import check_day

DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


class OrderingForm(forms.ModelForm):
    """The weights of the formula."""

    class Meta:
        model = Ordering
        fields = ["target_minutes", "loyalty_weight", "influence_weight", "long_tail_percent", "reason"]
        labels = {
            "target_minutes": _("Target, in minutes"),
            "loyalty_weight": _("Weight of loyalty"),
            "influence_weight": _("Weight of influence"),
            "long_tail_percent": _("Share of the long tail, in percent"),
            "reason": _("Why"),
        }
        help_texts = {
            "target_minutes": _("After waiting this long, a customer has as many points as words of danger give."),
            "loyalty_weight": _("0 to 1, at most 10 points. 0 means that it does not count."),
            "influence_weight": _("0 to 1, at most 15 points. 0 means that it does not count."),
            "long_tail_percent": _("So many of a hundred pulls take the quiet matter that has waited longest."),
            "reason": _("Customers read it on the public page."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.initial["reason"] = ""


class CalendarForm(forms.ModelForm):
    """The open hours: a line for each day, and the days on which nobody works."""

    holidays = forms.CharField(
        label=_("Closed days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: 2026-12-25 Christmas"),
    )

    class Meta:
        model = Calendar
        fields = ["zone"]
        labels = {"zone": _("Time zone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [
            (zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"
        ]
        self.fields["zone"] = forms.ChoiceField(choices=zones, label=_("Time zone"))
        for number, (label, spans) in enumerate(zip(DAYS, self.instance.week, strict=True)):
            self.fields[f"day_{number}"] = forms.CharField(
                label=label, required=False, initial=", ".join(spans), max_length=80
            )
        self.fields["day_0"].help_text = _("Like 09:00-12:00, 13:00-17:00. Empty: closed. 24:00 is midnight.")
        if self.instance.pk:
            self.initial["holidays"] = "\n".join(map(str, self.instance.holidays.all()))
        self.order_fields(["zone", *(f"day_{number}" for number in range(7)), "holidays"])

    def clean_holidays(self) -> list[tuple[date, str]]:
        days = []
        for line in filter(str.strip, self.cleaned_data["holidays"].splitlines()):
            day, _blank, name = line.strip().partition(" ")
            try:
                days.append((date.fromisoformat(day), name.strip()[:60]))
            except ValueError:
                raise ValidationError(
                    _t("“%(line)s” does not begin with a day like 2026-12-25.") % {"line": line}
                ) from None
        return days

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lines = [cleaned.get(f"day_{number}", "") for number in range(7)]
        week = [[span.strip() for span in line.split(",") if span.strip()] for line in lines]
        if not any(week):
            raise ValidationError(_t("Be open on one day at least."))
        for number, day in enumerate(week):
            try:
                check_day(day)
            except ValidationError as error:
                self.add_error(f"day_{number}", error)
        self.instance.week = week
        return cleaned


class PromiseForm(forms.Form):
    """How soon one kind of item is answered and settled."""

    kind = forms.ChoiceField(choices=Item.Kind.choices, widget=forms.HiddenInput)
    respond_minutes = forms.IntegerField(label=_("First answer within, minutes"), min_value=1, max_value=30_000)
    resolve_minutes = forms.IntegerField(label=_("Settled within, minutes"), min_value=1, max_value=300_000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("resolve_minutes", 0) < cleaned.get("respond_minutes", 0):
            self.add_error("resolve_minutes", _t("Settling takes at least as long as the first answer."))
        return cleaned

    @classmethod
    def of(cls, kind: str) -> "PromiseForm":
        """The form with what is promised now."""
        promised = Promise.objects.for_kind(kind)
        minutes = [int(length.total_seconds() // 60) for length in (promised.respond, promised.resolve)]
        return cls(initial={"kind": kind, "respond_minutes": minutes[0], "resolve_minutes": minutes[1]}, prefix=kind)
