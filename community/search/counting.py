"""Counting the words of the whole index again: what is rare decides the order of what is found."""

from django.db import connection, transaction
from django.utils import timezone

from community.live.purging import purge
from community.search.models import Document, Figures
from community.search.remembering import COUNTED

COUNT = """
INSERT INTO search_stem (stem, asked, words)
SELECT left(word, 60), sum(asked), sum(words) FROM (
    SELECT word, ndoc AS asked, 0 AS words FROM ts_stat('SELECT asked FROM search_document WHERE asked_length > 0')
    UNION ALL SELECT word, 0, ndoc FROM ts_stat('SELECT words FROM search_document')
) counted WHERE position(':' IN word) = 0 GROUP BY left(word, 60) ORDER BY 1
ON CONFLICT (stem) DO UPDATE SET asked = excluded.asked, words = excluded.words
WHERE (search_stem.asked, search_stem.words) <> (excluded.asked, excluded.words)
"""
CLEAR = """
DELETE FROM search_stem WHERE NOT EXISTS (SELECT 1 FROM ts_stat('SELECT words FROM search_document') s
    WHERE s.word = search_stem.stem)
"""
SPELLED = """
UPDATE search_word SET count = search_stem.words FROM search_stem
WHERE search_stem.stem = search_word.stem AND search_word.count <> search_stem.words
"""
UNUSED = "DELETE FROM search_word WHERE NOT EXISTS (SELECT 1 FROM search_stem s WHERE s.stem = search_word.stem)"
AVERAGES = """
SELECT count(*), count(*) FILTER (WHERE asked_length > 0),
    avg(asked_length) FILTER (WHERE asked_length > 0), avg(word_length) FROM search_document
"""


@transaction.atomic
def count_again() -> Figures:
    """Set all counts to what the index holds now. Only rows whose count has changed are written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search.count'))")
        for statement in (COUNT, CLEAR, SPELLED, UNUSED):
            cursor.execute(statement)
        cursor.execute(AVERAGES)
        documents, suggested, asked, words = cursor.fetchone()
    counted = {
        "documents": documents,
        "suggested": suggested,
        "asked_length": asked or 50,
        "word_length": words or 100,
        "counted_at": timezone.now(),
    }
    purge(COUNTED)
    return Figures.objects.update_or_create(pk=1, defaults=counted)[0]


def is_due() -> bool:
    """Whether a twentieth of the index has changed since the last count."""
    figures = Figures.objects.filter(pk=1).first()
    if figures is None:
        return Document.objects.exists()
    enough = max(20, figures.documents // 20)
    return Document.objects.filter(indexed_at__gt=figures.counted_at)[:enough].count() >= enough
