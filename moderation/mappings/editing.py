"""The page where a feed's mapping is made: a sample, a path for each value, what comes of it, and the versions."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.numbers import number_in
from community.refusals import Refusal
from community.safe_xml import LONGEST, Unsafe, read_xml
from moderation.mappings.models import MappingVersion
from moderation.mappings.reading import (
    guess,
    guess_records,
    is_path,
    parents_in,
    records_in,
    row_of,
    ways_in,
)

SHOWN = 5
HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
"""What is pasted is text already, whatever encoding its head names."""


@dataclass(frozen=True)
class Value:
    """One of our values: what people call it, and by which words a document may name it."""

    name: str
    label: Any
    words: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Feed:
    """What is mapped, and what its records are for."""

    key: str
    title: str
    address: str
    preview: str
    back: str
    up: tuple[str, str]
    values: tuple[Value, ...]
    judge: Callable[[list[dict[str, str]]], list[str]]
    """What is wrong with each of some records; empty for a good one."""
    dry_run: Callable[[list[dict[str, str]]], str]
    """One sentence: what would come of all of them. Nothing is kept."""
    starts: dict[str, str] = field(default_factory=dict)
    read: Callable[[bytes], Element] = read_xml
    """What makes a document of a message, which may be JSON as well."""
    looks_around: bool = True
    """Whether a path may begin with `../`, the elements around the record."""
    kept: Callable[[MappingVersion], None] | None = None


class PathField(forms.CharField):
    """The path of one value; the page offers those that the sample has."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "ways", "spellcheck": "false", "autocapitalize": "off"})
        super().__init__(max_length=200, widget=widget, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_path(value):
            raise forms.ValidationError(_("A path is names with slashes between them, such as buyer/email or @id."))


class MappingForm(forms.Form):
    """A sample and a path for each value."""

    sample = forms.CharField(
        label=gettext_lazy("A sample, as the other side sends it"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=500_000,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("or a file"), required=False)
    records = PathField(label=gettext_lazy("Where one record stands"), required=False)

    def __init__(self, *args: Any, feed: Feed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feed = feed
        self.elements: list[Element] = []
        for value in feed.values:
            self.fields[f"path_{value.name}"] = PathField(label=value.label, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the sample; where no path was given, guess one from the names in it."""
        data = super().clean() or self.cleaned_data
        self.root = self.read(data)
        if self.root is not None and not self.errors:
            data["records"] = data.get("records") or guess_records(self.root)
            self.elements = records_in(self.root, data["records"])
            self.parents = parents_in(self.root)
            for value in self.feed.values:
                name = f"path_{value.name}"
                data[name] = data.get(name) or guess(self.ways, (value.name.replace("_", ""), *value.words))
        self.refuse_around(data)
        return data

    def refuse_around(self, data: dict[str, Any]) -> None:
        """Not every reader knows what stands around a record."""
        for name, path in list(data.items()):
            if name.startswith("path_") and path.startswith("../") and not self.feed.looks_around:
                self.add_error(name, _("Here a path begins within the record."))

    def read(self, data: dict[str, Any]) -> Element | None:
        """The sample as a document, from the file if there is one."""
        file = data.get("file")
        if file is not None and file.size > LONGEST:
            self.add_error("file", _("At most 4 MB at a time."))
            return None
        raw = file.read() if file is not None else HEAD.sub("", data.get("sample", "")).encode()
        if not raw.strip():
            return None
        try:
            return self.feed.read(raw)
        except Unsafe as error:
            self.add_error("sample", str(error))
            return None

    @property
    def paths(self) -> dict[str, str]:
        """What was said or guessed, by our names."""
        told = {value.name: self.cleaned_data.get(f"path_{value.name}", "") for value in self.feed.values}
        return {name: path for name, path in told.items() if path}

    @property
    def lacking(self) -> list[str]:
        """Needed values without a path."""
        return [str(value.label) for value in self.feed.values if value.is_needed and value.name not in self.paths]

    @property
    def rows(self) -> list[dict[str, str]]:
        return [row_of(element, self.paths, self.parents) for element in self.elements]

    @property
    def ways(self) -> list[tuple[str, str]]:
        """The paths that the sample's first record has."""
        ways = ways_in(self.elements[0] if self.elements else None, self.parents)
        return [way for way in ways if self.feed.looks_around or not way[0].startswith("../")]


def begin(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The page: the version in force, and nothing tried yet."""
    return show(request, feed, MappingForm(feed=feed, initial=initial(feed)))


def initial(feed: Feed) -> dict[str, str]:
    """What the form begins with: the version in force, or where the feed starts."""
    newest = MappingVersion.objects.in_force(feed.key)
    paths = newest.paths if newest else feed.starts
    return {"records": newest.records if newest else "", **{f"path_{name}": path for name, path in paths.items()}}


def show(request: HttpRequest, feed: Feed, form: MappingForm, **more: Any) -> HttpResponse:
    """The page as it is now; htmx gets what comes of the paths alone."""
    tried = tried_of(feed, form) if form.is_bound and form.is_valid() and form.root is not None else None
    if tried:  # what was guessed stands in its field
        form = filled(form)
    versions = list(MappingVersion.objects.of(feed.key).select_related("by")[:20])
    told = [(version, labelled(feed, version.paths)) for version in versions]
    context = {"feed": feed, "form": form, "tried": tried, "versions": told, **more}
    context["based_on"] = versions[0].number if versions else 0
    is_live = request.htmx and "live" in request.POST  # type: ignore[attr-defined]
    template = "moderation/mappings/_tried.html" if is_live else "moderation/mappings/mapping.html"
    refusal = more.get("refusal")
    return render(request, template, context, status=refusal.status if refusal else 422 if form.errors else 200)


def labelled(feed: Feed, by_name: dict[str, str]) -> list[tuple[Any, str]]:
    """What people call our values, with what belongs to each."""
    return [(value.label, by_name[value.name]) for value in feed.values if value.name in by_name]


def filled(form: MappingForm) -> MappingForm:
    """The form with what was guessed, and the sample of a file as text."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    return MappingForm(feed=form.feed, initial=told)


def tried_of(feed: Feed, form: MappingForm) -> dict[str, Any]:
    """What comes of the sample: the first records with what is wrong with each, and the paths that it has."""
    rows = form.rows
    wrong = feed.judge(rows[:SHOWN])
    shown = [labelled(feed, row) for row in rows[:SHOWN]]
    return {
        "values": [value for value in feed.values if value.name in form.paths],
        "rows": list(zip(shown, wrong, strict=True)),
        "count": len(rows),
        "looked_at": form.cleaned_data["records"],
        "elsewhere": "" if rows or form.root is None else guess_records(form.root),
        "ways": form.ways,
        "lacking": form.lacking,
    }


def preview(request: HttpRequest, feed: Feed) -> HttpResponse:
    """What comes of these paths; with `dry`, also of all records. Nothing is kept."""
    form = MappingForm(request.POST, request.FILES, feed=feed)
    report = ""
    if form.is_valid() and "dry" in request.POST and form.rows:
        report = feed.dry_run(form.rows)
    return show(request, feed, form, report=report)


def save(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The next version; it is in force at once."""
    form = MappingForm(request.POST, request.FILES, feed=feed)
    reason, based_on = request.POST.get("reason", ""), number_in(request.POST.get("based_on", "")) or 0
    try:
        if not form.is_valid():
            return show(request, feed, form)
        if form.lacking:
            sentence = _("Say where these stand: %(values)s.") % {"values": ", ".join(form.lacking)}
            raise Refusal(sentence, code="lacking", status=422)
        records = form.cleaned_data["records"] or "."
        keep(feed, MappingVersion.objects.keep(
            feed.key, records, form.paths, by=request.user, reason=reason, based_on=based_on
        ))  # fmt: skip
    except Refusal as refusal:
        return show(request, feed, form, refusal=refusal)
    messages.success(request, _("Saved. The new version is in force."))
    return redirect(feed.address)


def go_back(request: HttpRequest, feed: Feed) -> HttpResponse:
    """An earlier version is in force again, as a new one."""
    number, based_on = (number_in(request.POST.get(name, "")) or 0 for name in ("number", "based_on"))
    try:
        keep(feed, MappingVersion.objects.go_back(feed.key, number, by=request.user, based_on=based_on))
    except Refusal as refusal:
        return show(request, feed, MappingForm(feed=feed, initial=initial(feed)), refusal=refusal)
    messages.success(request, _("Version %(number)s is in force again.") % {"number": number})
    return redirect(feed.address)


def keep(feed: Feed, version: MappingVersion) -> None:
    """Whoever goes by the mapping learns of it."""
    if feed.kept:
        feed.kept(version)
