"""Looking within things of one kind, such as the reviews of one product: by the same index and in the same order."""

from collections import Counter

from community.search.asking import Query
from community.search.indexing import lexeme
from community.search.ranking import Scale
from community.search.remembering import remembered
from community.search.searching import MOST, asked, scored, with_phrases
from community.search.spelling import corrected
from community.search.words import stem


def ids_within(kind: str, text: str, product_id: int | None = None) -> list[int]:
    """The ids of what fits best, the best first. Whoever shows them asks who may read them.

    A word that nothing here contains is taken for a mistyped one. All words must be there, or, when nothing has them
    all, some of them.
    """
    query = Query.read(text)
    meant = Query(words=corrected(query.words), phrases=query.phrases)
    return list(remembered.get(f"{kind} {product_id} {meant.text}", lambda: found(kind, meant, product_id)))


def found(kind: str, query: Query, product_id: int | None) -> list[int]:
    """The same, read now."""
    scale, opening = Scale.both()
    terms = scale.terms(Counter(stem(word) for word in query.wanted), asked=False)
    if not terms:
        return []
    marks = [f"kind:{kind}", *([f"product:{product_id}"] if product_id else [])]
    here, stems = " & ".join(map(lexeme, marks)), [lexeme(term.stem) for term in terms]
    rows = asked(" & ".join([*stems, here]), (), most=MOST)
    if not rows and len(terms) > 1 and not query.phrases:
        rows = asked(f"({' | '.join(stems)}) & {here}", (), most=MOST)
    hits = scored(rows.values(), terms, scale, opening)
    if query.phrases:
        kept = with_phrases(hits, query.phrases)
        hits = [one for one in hits if one.pk in kept]
    return [one.object_id for one in sorted(hits, key=lambda one: (-one.score, -one.at, -one.object_id))]
