import registrations.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0021_invitations_with_delegation_and_limit'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailing',
            name='given_answers',
            field=models.JSONField(blank=True, default=list, help_text='Only people who have given one of these answers. None chosen: all.', validators=[registrations.validators.validate_given_answers], verbose_name='yes/no and countries'),
        ),
    ]
