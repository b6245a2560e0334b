"""Help articles: who published them, where they are found, and when somebody last looked whether they are right."""

from forums.articles.models.address import Address
from forums.articles.models.article import Article
from forums.articles.models.check import Check
from forums.articles.models.feedback import Feedback
from forums.articles.models.provenance import Provenance
from forums.articles.models.publication import Publication

__all__ = ["Address", "Article", "Check", "Feedback", "Provenance", "Publication"]
