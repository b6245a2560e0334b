"""What questions do by the clock."""

from procrastinate.contrib.django import app

from forums.questions.models import GuestQuestion


@app.periodic(cron="23 * * * *")
@app.task(queue="sweep", queueing_lock="questions.forget_guests")
def forget_guests(timestamp: int) -> None:
    """A guest's question that nobody has confirmed within seven days is forgotten, with the address."""
    GuestQuestion.objects.outlived().delete()
