"""What the published schema of product review feeds (version 2.4) asks of a feed, and whether one keeps to it.

Written from the schema's public description and its sample file: which elements there are, in which order, how often,
of which type; that review ids are unique; that a rating lies between its ends.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

XSI = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
SCHEMA = "http://www.google.com/shopping/reviews/schema/product/2.4/product_reviews.xsd"


def words(text: str) -> bool:
    return bool(text.strip())


def boolean(text: str) -> bool:
    return text in {"true", "false", "1", "0"}


def moment(text: str) -> bool:
    """A date and a time with its zone."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def language(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{2}", text))


def country(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}", text))


def page(text: str) -> bool:
    return text in {"singleton", "group"}


def way(text: str) -> bool:
    return text in {"unsolicited", "post_fulfillment"}


@dataclass(frozen=True)
class Rule:
    """An element: how often it may be there, what is in it, and its attributes."""

    name: str
    least: int = 1
    most: int | None = 1
    kind: Callable[[str], bool] | None = None
    children: tuple["Rule", ...] = ()
    attributes: dict[str, Callable[[str], bool]] = field(default_factory=dict)
    required: tuple[str, ...] = ()


def several(name: str, one: str, kind: Callable[[str], bool] = words) -> Rule:
    """A list that may be left out, and holds at least one."""
    return Rule(name, 0, children=(Rule(one, 1, None, kind),))


PRODUCT = Rule("product", 1, None, children=(
    Rule("product_ids", 0, children=(
        several("gtins", "gtin"), several("mpns", "mpn"), several("skus", "sku"),
        several("brands", "brand"), several("asins", "asin"),
    )),
    Rule("product_name", 0, kind=words),
    Rule("product_url", kind=address),
))  # fmt: skip
REVIEW = Rule("review", 0, None, children=(
    Rule("review_id", kind=words),
    Rule("reviewer", children=(
        Rule("name", kind=words, attributes={"is_anonymous": boolean}), Rule("reviewer_id", 0, kind=words),
    )),
    Rule("is_verified_purchase", 0, kind=boolean),
    Rule("is_incentivized_review", 0, kind=boolean),
    Rule("review_timestamp", kind=moment),
    Rule("title", 0, kind=words),
    Rule("content", kind=words),
    Rule("review_language", 0, kind=language),
    Rule("review_country", 0, kind=country),
    several("pros", "pro"),
    several("cons", "con"),
    Rule("review_url", kind=address, attributes={"type": page}, required=("type",)),
    Rule("reviewer_images", 0, children=(Rule("reviewer_image", 1, None, children=(Rule("url", kind=address),)),)),
    Rule("ratings", children=(
        Rule("overall", kind=number, attributes={"min": number, "max": number}, required=("min", "max")),
    )),
    Rule("products", children=(PRODUCT,)),
    Rule("is_spam", 0, kind=boolean),
    Rule("collection_method", 0, kind=way),
    Rule("transaction_id", 0, kind=words),
))  # fmt: skip
FEED = Rule("feed", attributes={XSI: lambda text: text == SCHEMA}, children=(
    Rule("version", kind=lambda text: text == "2.4"),
    Rule("aggregator", 0, children=(Rule("name", kind=words),)),
    Rule("publisher", children=(Rule("name", kind=words), Rule("favicon", 0, kind=address))),
    Rule("reviews", 0, children=(REVIEW,)),
))  # fmt: skip


def faults_of(data: bytes) -> list[str]:
    """Everything in which this feed is not as the schema says."""
    feed = ElementTree.fromstring(data)
    if feed.tag != "feed":
        return [f"begins with {feed.tag}"]
    return [*faults_in(feed, FEED, "feed"), *unlike_ids(feed), *beyond_ends(feed)]


def faults_in(element: Element, rule: Rule, path: str) -> Iterator[str]:
    """Of one element and all below it."""
    for name, value in element.attrib.items():
        if name not in rule.attributes:
            yield f"{path} has an attribute {name}"
        elif not rule.attributes[name](value):
            yield f"{path} has {name}={value!r}"
    yield from (f"{path} lacks {name}" for name in rule.required if name not in element.attrib)
    if rule.kind:
        if len(element) or not rule.kind(element.text or ""):
            yield f"{path} says {element.text!r}"
        return
    if (element.text or "").strip():
        yield f"{path} has words of its own"
    yield from faults_below(element, rule, path)


def faults_below(element: Element, rule: Rule, path: str) -> Iterator[str]:
    """Which children there are, in which order, how often."""
    names = [child.name for child in rule.children]
    order = [names.index(child.tag) for child in element if child.tag in names]
    yield from (f"{path} has a {child.tag}" for child in element if child.tag not in names)
    if order != sorted(order):
        yield f"{path} has its elements in another order"
    for child in rule.children:
        found = element.findall(child.name)
        if len(found) < child.least or (child.most is not None and len(found) > child.most):
            yield f"{path} has {len(found)} {child.name}"
        for one in found:
            yield from faults_in(one, child, f"{path}/{child.name}")


def unlike_ids(feed: Element) -> Iterator[str]:
    """The schema keeps ids of reviews unique."""
    ids = [one.text for one in feed.iter("review_id")]
    twice = {str(one) for one in ids if ids.count(one) > 1}
    yield from (f"review_id {one} is there twice" for one in sorted(twice))


def beyond_ends(feed: Element) -> Iterator[str]:
    """A rating lies between its ends."""
    for one in feed.iter("overall"):
        ends = (one.get("min", ""), one.text or "", one.get("max", ""))
        if all(map(number, ends)) and sorted(ends, key=Decimal) != list(ends):
            yield f"{ends[1]} is not between {ends[0]} and {ends[2]}"
