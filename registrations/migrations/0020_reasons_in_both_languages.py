from django.db import migrations, models

ERASED = "whoever_is_erased_has_no_name"
NO_NAME = {"full_name": "", "email": "", "organization": "", "timezone_name": ""}


def reason() -> models.CharField:
    return models.CharField(blank=True, default="", max_length=300, verbose_name="reason")


class Migration(migrations.Migration):
    """Keep what was written: it is read in both languages, as it was before, since the other one is empty."""

    dependencies = [("registrations", "0019_remember_what_is_known_of_editions")]

    operations = [
        migrations.RemoveConstraint("registration", ERASED),
        migrations.RenameField("registration", "status_reason", "status_reason_en"),
        migrations.RenameField("statuschange", "reason", "reason_en"),
        migrations.AlterField("registration", "status_reason_en", reason()),
        migrations.AlterField("statuschange", "reason_en", reason()),
        migrations.AddField("registration", "status_reason_zh_hans", reason()),
        migrations.AddField("statuschange", "reason_zh_hans", reason()),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(**NO_NAME) & models.Q(status_reason_en="", status_reason_zh_hans=""),
                name=ERASED,
            ),
        ),
    ]
