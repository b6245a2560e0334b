"""Looking through all articles for those that somebody has to look at: a new version, or their day has come."""

from django.db.models import F, Q
from django.utils import timezone

from community.catalogue.models import ProductVersion
from forums.articles.models import Article, Check


def ask_for_checks() -> int:
    """Ask for each check that is due, once. Answers how many."""
    return ask_for_released() + ask_for_due()


def ask_for_released() -> int:
    """A version of its product came out after somebody last looked at the page, which does not name it yet."""
    today = timezone.localdate()
    out = ProductVersion.objects.filter(released_at__lte=today, product__threads__article__publication__isnull=False)
    is_new = Q(released_at__gte=F("product__threads__article__checked_at__date"))
    rows = out.filter(is_new).order_by("released_at", "pk").values_list("product__threads__article", "pk", "name")
    asked = 0
    for article_id, pk, name in rows.distinct():
        article = Article.objects.listed().select_related("thread").filter(pk=article_id).exclude(versions=pk).first()
        if article and not article.checks.filter(why=Check.Why.RELEASED, about=name).exists():
            article.need_check(Check.Why.RELEASED, by=None, about=name)
            asked += 1
    return asked


def ask_for_due() -> int:
    """The day on which its owner wanted to look at it again has come."""
    today = timezone.localdate()
    due = Article.objects.listed().filter(review_on__lte=today).select_related("thread")
    found = [one for one in due if not one.open_checks.filter(why=Check.Why.DUE).exists()]
    for article in found:
        article.need_check(Check.Why.DUE, by=None)
    return len(found)
