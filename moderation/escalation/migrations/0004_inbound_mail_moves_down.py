"""Mail that came in is no longer only about private conversations: its rows move to `community.inbound`, with their keys."""

from django.db import migrations

COPY = """
INSERT INTO inbound_inboundmail (id, message_key, source, raw, size, envelope_to, sender, text, state, reason, explanation,
    purpose, about, chain, person_id, decided_by_id, decided_at, created_at)
SELECT mail.id, message_key, source, raw, size, envelope_to, sender, text, mail.state, reason, '',
    CASE WHEN talk.id IS NULL THEN '' ELSE 'conversation' END, talk.id,
    CASE WHEN talk.id IS NULL THEN '' ELSE 'conversation-' || talk.id END, talk.customer_id,
    decided_by_id, decided_at, mail.created_at
FROM escalation_inboundmail mail LEFT JOIN escalation_conversation talk ON talk.id = mail.conversation_id
"""
COUNT_ON = """
SELECT setval(pg_get_serial_sequence('inbound_inboundmail', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM inbound_inboundmail), false)
"""
NAME = """
UPDATE django_content_type SET app_label = 'inbound' WHERE app_label = 'escalation' AND model = 'inboundmail'
AND NOT EXISTS (SELECT 1 FROM django_content_type WHERE app_label = 'inbound' AND model = 'inboundmail')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("escalation", "0003_remaining_links"),
        ("inbound", "0001_mail_that_came_in"),
    ]

    operations = [
        migrations.RunSQL([COPY, COUNT_ON, NAME], migrations.RunSQL.noop),
        migrations.DeleteModel("InboundMail"),
    ]
