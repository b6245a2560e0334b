"""What the pages of several kinds do by the clock."""

from procrastinate.contrib.django import app

from forums.hubs.relating import relate_products


@app.periodic(cron="*/10 * * * *")
@app.task(queue="search", queueing_lock="hubs.relate_products", pass_context=False)
def find_relatives_of_products(timestamp: int) -> None:
    """What belongs beside each product is looked for again."""
    relate_products()
