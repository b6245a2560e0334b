"""The shapes of what people type into private help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from forums.threads.models import Thread
from moderation.escalation.models import WRITTEN, Channel, Closing

LONGEST = 32_000
CHANNEL_LABELS = [
    (Channel.PAGE, _("On a private page here")),
    (Channel.MAIL, _("By e-mail, and the private page")),
]
OFFERED_LABELS = [
    *CHANNEL_LABELS,
    (Channel.CHAT, _("In a live chat, when we are here")),
    (Channel.CALL, _("On the phone: we call you at a time you choose")),
]


def channel_field(label: Any, labels: list[Any]) -> forms.MultipleChoiceField:
    """Boxes for the ways to go on. A written way is always chosen at first, a talk only by who wants it."""
    written = [value for value, _text in labels if value in WRITTEN]
    first = written or [value for value, _text in labels]
    return forms.MultipleChoiceField(label=label, choices=labels, initial=first, widget=forms.CheckboxSelectMultiple)


class OfferForm(forms.Form):
    """An agent invites: which ways, and for what."""

    channels = channel_field(_("Ways to go on"), OFFERED_LABELS)
    purpose = forms.CharField(
        label=_("What for, in words the customer reads"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfferToOneForm(OfferForm):
    """The same at the desk, where several may have asked on one page."""

    def __init__(self, *args: Any, threads: list[Thread], **kwargs: Any) -> None:
        """Of several whose questions were merged, the agent names the one who is invited; nobody is chosen for them."""
        super().__init__(*args, **kwargs)
        self.threads = {str(thread.pk): thread for thread in threads}
        if len(threads) > 1:
            who = [(key, f"{thread.author.username}: {thread.title}") for key, thread in self.threads.items()]
            chosen = forms.ChoiceField(label=_("Whom do you invite?"), choices=who, widget=forms.RadioSelect)
            self.fields = {"to": chosen, **self.fields}

    def clean(self) -> dict[str, Any]:
        """`thread` is the one whose author is invited."""
        data = super().clean() or self.cleaned_data
        only = next(iter(self.threads), "")
        self.thread = self.threads.get(data.pop("to", only))
        return data


class ConsentForm(forms.Form):
    """A customer agrees: which ways, and what is shared. Everything can be changed or left out before it is sent."""

    title = forms.CharField(label=_("Subject"), max_length=200)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    environment = forms.CharField(label=_("What you use it with"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What our team gets to read"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(self, *args: Any, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(value, text) for value, text in OFFERED_LABELS if value in channels]
        self.fields["channels"] = channel_field(_("How do you want to go on?"), labels)


class AboutProductForm(forms.Form):
    """What a customer turns to the team with: about one of the products that everybody sees, or something else."""

    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label=_("Something else")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.visible_to(None)  # type: ignore[attr-defined]


class RequestForm(AboutProductForm):
    """A customer turns to the team in private."""

    title = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("What is it about?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10}))
    channels = channel_field(_("How do you want our answer?"), CHANNEL_LABELS)
    field_order = ("title",)


class TalkForm(AboutProductForm):
    """A customer would like to talk with the team, now or when we call: about what."""

    title = forms.CharField(label=_("What is it about, in a few words?"), max_length=200)
    text = forms.CharField(
        label=_("What happens, and what have you tried?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class MessageForm(forms.Form):
    """Something more from the customer."""

    text = forms.CharField(max_length=LONGEST, required=False)


class ReplyForm(forms.Form):
    """The team's answer. `seen` is the newest message its writer had before them."""

    text = forms.CharField(max_length=LONGEST, required=False)
    seen = forms.IntegerField(required=False)
    promised_at = forms.DateTimeField(
        label=_("We come back to it by"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class CloseForm(forms.Form):
    """The team closes: with which result, and whether the customer is asked how it was."""

    result = forms.ChoiceField(
        label=_("Result"), choices=[pair for pair in Closing.Result.choices if pair[0] != Closing.Result.BY_CUSTOMER]
    )
    note = forms.CharField(label=_("For the team"), max_length=500, required=False)
    summary = forms.CharField(
        label=_("Public summary, for the customer to approve"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask = forms.BooleanField(label=_("Ask the customer how it was"), required=False, initial=True)
    why_no_survey = forms.CharField(label=_("If not, why"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("ask") and not data.get("why_no_survey", "").strip():
            self.add_error("why_no_survey", _("Say why the customer is not asked."))
        return data


class OutcomeForm(forms.Form):
    """What the thread may say."""

    text = forms.CharField(label=_("Public summary"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class SurveyForm(forms.Form):
    """How was it?"""

    score = forms.TypedChoiceField(
        label=_("How well did we help you?"),
        coerce=int,
        choices=[
            (5, _("5 · very well")),
            (4, _("4 · well")),
            (3, _("3 · so-so")),
            (2, _("2 · badly")),
            (1, _("1 · not at all")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything you want to add"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_public = forms.BooleanField(
        label=_("Publish it as a review of your help, under my name"),
        help_text=_("Only if you want to. Everybody can read it then; you can change it later."),
        required=False,
    )


class GuidelineForm(forms.Form):
    """A supervisor's setting of a rule."""

    is_on = forms.BooleanField(label=_("Propose private help by this rule"), required=False)
    wording = forms.CharField(label=_("Proposed wording"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
