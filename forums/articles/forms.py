"""The form that writes and changes an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product, ProductVersion
from community.form_fields import CommaField
from community.people.languages import language_name
from community.people.models import Person
from community.people.roles import CAPABILITIES, Capability
from forums.articles.lead import LONGEST, parted
from forums.articles.models import Article
from forums.articles.models.article import LANGUAGES
from forums.articles.origins import verified_answers
from forums.articles.writing import Said, may_write
from forums.questions.forms import TAG_LONGEST, TAGS_MOST, tag_names
from forums.threads.models import Draft, Post
from forums.threads.posting import PostingForm


class OwnerField(forms.ModelChoiceField):
    """Who looks after an article: by the names that readers know."""

    def label_from_instance(self, person: Any) -> str:
        return str(person.shown_as or person.name)


class ArticleForm(PostingForm):
    """What it says, for whom it is, and who looks after it."""

    title = forms.CharField(label=_("Title"), min_length=8, max_length=200, help_text=_("As readers would ask for it."))
    summary = forms.CharField(
        label=_("In a sentence or two"),
        max_length=LONGEST,
        help_text=_("Stands above the text, in lists and in searches."),
    )
    text = forms.CharField(label=_("Text"), strip=True, max_length=31_000, widget=forms.Textarea)
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), required=False, empty_label=_("No product in particular")
    )
    versions = forms.ModelMultipleChoiceField(
        ProductVersion.objects.none(), label=_("Right for these versions"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None of them: it is right for all."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Written in"), choices=[(code, language_name(code)) for code in LANGUAGES])
    tags = CommaField(label=_("Tags"), most=TAGS_MOST, each=TAG_LONGEST, max_length=120, required=False)
    owner = OwnerField(Person.objects.none(), label=_("Who looks after it"), required=False, empty_label=_("you"))
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("What is changed, and why?"), max_length=200, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = forms.ModelChoiceField(Post.objects.none(), required=False, widget=forms.HiddenInput)

    is_waiting = False

    def __init__(self, *args: Any, by: Person, article: Article | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = Product.objects.visible_to(by).select_related("brand")
        fields["versions"].queryset = ProductVersion.objects.filter(product=article.thread.product if article else None)
        fields["owner"].queryset = editors()
        fields["answer"].queryset = verified_answers()
        fields["tags"].widget.attrs["placeholder"] = _("up to five, with commas")
        if article is None:
            del fields["reason"]
        if not fields["versions"].queryset:
            del fields["versions"]

    @staticmethod
    def saying(article: Article) -> dict[str, Any]:
        """What the article says now."""
        summary, text = parted(article.opening.source)
        return {
            "title": article.thread.title, "summary": summary, "text": text, "product": article.thread.product_id,
            "versions": list(article.versions.values_list("pk", flat=True)), "language": article.language,
            "tags": ", ".join(article.thread.tags.names()), "owner": article.owner_id,
            "review_on": article.review_on, "version": article.opening.version,
        }  # fmt: skip

    @staticmethod
    def begun(draft: Draft | None) -> dict[str, Any]:
        """What somebody had typed and chosen before they left the form, on whatever device."""
        return {**draft.chosen, "text": draft.text, "title": draft.title} if draft else {}

    def clean_product(self) -> Product | None:
        product: Product | None = self.cleaned_data["product"]
        if not may_write(self.by, product):
            raise forms.ValidationError(_("Choose one of the products that are yours to write about."))
        return product

    def clean_tags(self) -> list[str]:
        return tag_names(self.cleaned_data["tags"])

    @property
    def said(self) -> Said:
        """What the form says."""
        data = self.cleaned_data
        versions = [one for one in data.get("versions", ()) if data["product"] and one.product_id == data["product"].pk]
        return Said(
            title=data["title"], summary=data["summary"], text=data["text"], product=data["product"],
            versions=tuple(versions), language=data["language"], owner=data["owner"] or self.by,
            tags=tuple(data["tags"]), review_on=data["review_on"],
        )  # fmt: skip

    def begin(self, place: str) -> Article | None:
        """A new draft, through the gate; None when it is refused."""
        facts = {"by": self.by, "keep": self.kept_kinds, "draft": place, "answer": self.cleaned_data["answer"]}
        return self.publish("", lambda _text: Article.objects.begin(self.said, **facts))

    def revise(self, article: Article) -> bool:
        """Change it through the gate; False when it is refused or somebody was faster."""
        data = self.cleaned_data

        def change(_text: str) -> bool:
            facts = {"version": data["version"] or 0, "reason": data["reason"], "keep": self.kept_kinds}
            self.is_waiting = article.revise(self.said, by=self.by, **facts) is not None
            return True

        return bool(self.publish("", change))


def editors() -> Any:
    """People who may write articles."""
    roles = [role for role, can in CAPABILITIES.items() if Capability.EDIT_ARTICLES in can]
    return Person.objects.active().with_role(*roles).select_related("persona").distinct()
