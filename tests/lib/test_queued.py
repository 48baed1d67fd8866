"""Jobs that are written down before their turn."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from forum_site.lib.prepared import insert
from forum_site.lib.queued import job

pytestmark = pytest.mark.django_db


def test_a_job_is_what_the_library_queues_but_for_its_number():
    ready = job("math.hypot", 3, 4, task_name="one")
    assert not OrmQ.objects.exists()

    insert(ready)
    async_task("math.hypot", 3, 4, task_name="two")

    ours, theirs = OrmQ.objects.order_by("pk")
    assert ours.key == theirs.key
    assert ours.lock <= theirs.lock <= timezone.now()
    for name in ("func", "args", "kwargs"):
        assert ours.task[name] == theirs.task[name]
    assert set(ours.task) == set(theirs.task)
