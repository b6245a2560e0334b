"""Doing the waiting jobs of a test, in order, in the test's own transaction."""

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work(limit: int = 500) -> int:
    """Run every waiting job that is due, real rows and real tasks, until none is left. Answers how many were run.

    What is due is asked of the test's clock, by which it was put off. That of the database does not travel.
    """
    done = 0
    while done < limit:
        is_due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
        job = ProcrastinateJob.objects.filter(is_due, status="todo").order_by("id").first()
        if job is None:
            return done
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.id])
        app.tasks[job.task_name](**job.args)
        done += 1
    raise AssertionError("jobs keep making jobs")
