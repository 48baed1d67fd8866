"""Jobs of django-q that are written down before the turn of whoever needs them, since people wait for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.tasks import async_task


def job(function: str, *arguments: Any, **options: Any) -> OrmQ:
    """Return the job that ``async_task`` queues with the same arguments, signed, but not stored. No query."""
    drawer = _Drawer(list_key=Conf.CLUSTER_NAME)
    async_task(function, *arguments, broker=drawer, **options)
    return drawer.job


class _Drawer(ORM):
    """A broker that keeps the job instead of storing it."""

    job: OrmQ

    def enqueue(self, task: str) -> None:
        self.job = OrmQ(key=self.list_key, payload=task, lock=timezone.now())
