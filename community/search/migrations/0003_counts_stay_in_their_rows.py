from django.db import migrations

INLINE = """
ALTER TABLE search_document
    ALTER COLUMN word_counts SET STORAGE MAIN, ALTER COLUMN asked_counts SET STORAGE MAIN
"""
USUAL = INLINE.replace("MAIN", "EXTENDED")


class Migration(migrations.Migration):
    """Ranking reads the counts of hundreds of documents: beside the rows, each of them would be looked up by itself.

    It takes no time, for it is about what is written from now on; `reindex` writes the documents that are there anew.
    """

    dependencies = [("search", "0002_relatives_are_found_ahead")]

    operations = [migrations.RunSQL(INLINE, USUAL)]
