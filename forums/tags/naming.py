"""From a word that somebody typed, or an address that somebody kept, to the tag that it means today."""

from collections.abc import Iterable

from taggit.models import Tag

from forums.tags.models import Synonym


def main_names(names: Iterable[str]) -> list[str]:
    """The names of the tags that these words mean, each once, in their order."""
    typed = [name.strip(" #").lower() for name in names]
    mains = dict(Synonym.objects.filter(name__in=typed).values_list("name", "tag__name"))
    return list(dict.fromkeys(mains.get(name, name) for name in typed if name))


def new_names(names: Iterable[str]) -> list[str]:
    """Those of which there is no tag yet, so that nobody has looked at them."""
    wanted = list(names)
    known = set(Tag.objects.filter(name__in=wanted).values_list("name", flat=True)) if wanted else set()
    return [name for name in wanted if name not in known]


def tag_at(slug: str) -> Tag | None:
    """The tag at an address, also at one that it had before or that a synonym has."""
    if synonym := Synonym.objects.filter(slug=slug).select_related("tag").first():
        return synonym.tag
    return Tag.objects.filter(slug=slug).first()


def slug_for(name: str) -> str:
    """The address of a name, made as for every tag."""
    return Tag(name=name).slugify(name) or name
