from django.db import migrations

RULES = [
    # slug, title, text, severity, sensitive, nameless
    ("spam", "Advertising and spam", "No advertising, no links for their own sake, no accounts that exist to sell.", 30, False, False),
    ("insults", "Insults and harassment", "Speak of the matter, not of the person. No insults, no threats, no chasing somebody across threads.", 40, False, False),
    ("personal-data", "Private data", "Addresses, phone numbers, order numbers and photos of other people do not belong in public.", 50, False, False),
    ("danger", "Dangerous advice", "Nothing that may hurt somebody who follows it, such as opening a battery.", 60, False, False),
    ("misleading", "Misleading or bought", "No invented experiences, no bought praise, no votes by arrangement.", 30, False, False),
    ("wrong-place", "In the wrong place", "Each question once, where others will find it.", 5, False, False),
    ("hate", "Hate and violence", "Nothing that incites hatred or shows violence.", 70, True, False),
    ("sexual", "Sexual content", "This is a place about sound.", 50, True, False),
    ("illegal", "Against the law", "Copied works, forbidden goods, anything else that the law does not allow.", 60, False, False),
    ("child-safety", "Safety of children", "Anything that harms or exploits children. Notices about this need no name.", 100, True, True),
    ("other", "Something else", "What makes this place worse for others in a way that no rule above names.", 10, False, False),
]  # fmt: skip


def write(apps, schema_editor):
    HouseRule = apps.get_model("flags", "HouseRule")
    for position, (slug, title, text, severity, is_sensitive, is_nameless) in enumerate(RULES, 1):
        fields = {
            "title": title,
            "text": text,
            "severity": severity,
            "is_sensitive": is_sensitive,
            "is_nameless": is_nameless,
            "position": position * 10,
        }
        HouseRule.objects.get_or_create(slug=slug, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("flags", "0001_first_tables")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
