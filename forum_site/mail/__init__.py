"""The outbox: mails are written with the change that causes them and sent by the worker."""
