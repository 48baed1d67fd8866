import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0020_reasons_in_both_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='delegation',
            field=models.ForeignKey(blank=True, help_text='Whoever accepts takes one of its places. While an invitation is not answered it takes none.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='registrations.delegation', verbose_name='delegation'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='until',
            field=models.DateTimeField(blank=True, help_text='Empty: as long as registration is open.', null=True, verbose_name='answer by'),
        ),
    ]
