"""Sweeping while a wave goes on, closing what is over, forgetting what is old, asking outside services."""

from django.utils import timezone
from procrastinate.contrib.django import app

from community.people.arrivals import Arrival
from community.people.crisis import Crisis
from community.people.models import Person
from forums.threads.models import Post
from moderation.waves.asking import ask_about
from moderation.waves.judging import close_quiet_ones
from moderation.waves.models import Mark, Wave
from moderation.waves.sweeping import sweep


@app.task(queue="events", pass_context=False)
def sweep_wave(wave_id: int) -> None:
    """What a wave has brought into sight."""
    wave = Wave.objects.filter(pk=wave_id).exclude(state=Wave.State.FALSE_ALARM).first()
    if wave is not None:
        sweep(wave)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweep", queueing_lock="waves.close", pass_context=False)
def close_waves(timestamp: int) -> None:
    """Waves of which nothing more came are over."""
    close_quiet_ones()


@app.periodic(cron="* * * * *")
@app.task(queue="people", queueing_lock="waves.end_crisis", pass_context=False)
def end_crisis(timestamp: int) -> None:
    """Crisis mode that has come to its end is written down within a minute; it stopped by the clock already."""
    for crisis in Crisis.objects.filter(is_open=True, until__lte=timezone.now()):
        crisis.end_by_itself()


@app.periodic(cron="41 3 * * *")
@app.task(queue="sweep", queueing_lock="waves.forget", pass_context=False)
def forget_traces(timestamp: int) -> None:
    """Networks, devices and marks are kept for some weeks only."""
    Arrival.objects.forget()
    Mark.objects.forget()


@app.task(queue="sweep", retry=3, pass_context=False)
def ask_services(person_id: int, post_id: int | None) -> None:
    """What outside services know about a newcomer or their post."""
    person = Person.objects.filter(pk=person_id).first()
    post = Post.objects.select_related("thread", "author").filter(pk=post_id).first() if post_id else None
    if person is not None:
        ask_about(person, post)
