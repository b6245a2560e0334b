"""manage.py import_reviews FILE: bring in reviews from elsewhere, with their source and their days."""

import gzip
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from community.catalogue.models import Brand, Product
from forums.reviews.bringing.rows import FIELDS, Odd, guessed, names_in, read, rows_of
from forums.reviews.bringing.taking import Intake, Origin, Report


class Command(BaseCommand):
    """May be stopped and started again; what is here already is left alone."""

    help = "Bring in reviews from CSV, JSON or JSON lines (plain or .gz). Bad rows are reported by line and skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="whom the pages name, such as “Old shop”")
        parser.add_argument("--licence", default="")
        parser.add_argument("--product", help="the address (slug) of the product that all rows are about")
        parser.add_argument("--brand", help="make missing products under the brand of this name")
        parser.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help="what the file calls a field"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would come of it, and write nothing")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        data = path.read_bytes()
        try:
            rows = rows_of(gzip.decompress(data) if path.suffix == ".gz" else data)
        except Odd as odd:
            raise CommandError(str(odd)) from None
        columns = guessed(names_in(rows)) | self.named(options["column"])
        intake = Intake(self.origin(options))
        told = read(rows, columns)
        is_dry = options["dry_run"]
        for report in intake.look(told) if is_dry else intake.take(told):
            self.stdout.write(f"\r{report.total} of {len(rows)}", ending="")
        self.stdout.write("")
        self.say(intake.report, "would be added" if is_dry else "added")

    def named(self, told: list[str]) -> dict[str, str]:
        """Columns as the command line names them."""
        pairs = dict(pair.partition("=")[::2] for pair in told)
        if odd := pairs.keys() - set(FIELDS):
            raise CommandError(f"Fields are {', '.join(FIELDS)}; not {', '.join(sorted(odd))}.")
        return pairs

    def origin(self, options: dict[str, Any]) -> Origin:
        """Where they come from and what they are about."""
        product = Product.objects.filter(slug=options["product"]).first() if options["product"] else None
        if options["product"] and product is None:
            raise CommandError(f"There is no product {options['product']}.")
        brand = None
        if options["brand"]:
            names = {"name": options["brand"]}
            slug = slugify(options["brand"])
            brand = Brand.objects.filter(slug=slug).first()
            brand = brand or (
                Brand(slug=slug, **names) if options["dry_run"] else Brand.objects.create(slug=slug, **names)
            )
        return Origin(options["source"], options["licence"], product, brand)

    def say(self, report: Report, what: str) -> None:
        """What came of it, each fault with its line."""
        self.stdout.write(
            f"{report.added} reviews {what} ({report.held} held for a look), {report.known} here already, "
            f"{len(report.faults)} faulty."
        )
        for fault in report.faults:
            self.stderr.write(f"line {fault.line}: {fault.reason}")
