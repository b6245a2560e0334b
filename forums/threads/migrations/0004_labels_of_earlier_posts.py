"""Posts written before labels were kept get the one that their author had at the time."""

from django.db import migrations

TEAM = """
UPDATE threads_post p SET label = 'team' WHERE p.alias <> '' AND p.label = ''
"""
CHAMPIONS = """
UPDATE threads_post p SET label = 'champion' FROM people_grant g
WHERE p.alias = '' AND p.label = '' AND g.person_id = p.author_id AND g.role = 'champion'
  AND g.created_at <= p.created_at
  AND (g.revoked_at IS NULL OR g.revoked_at > p.created_at)
  AND (g.expires_at IS NULL OR g.expires_at > p.created_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("threads", "0003_labels_and_voided_votes"),
        ("people", "0001_first_tables"),
    ]

    operations = [migrations.RunSQL([TEAM, CHAMPIONS], migrations.RunSQL.noop)]
