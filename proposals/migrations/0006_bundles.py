"""Bundles, and ballot items that ask about all the proposals of one.

The key of a ballot entry was its item. It keeps its value, so that decisions go on naming it, and
the item becomes a column of its own. There is no way back: an entry of a bundle shares its item.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from ledger.immutability import maintenance


def items_copy(apps, schema_editor):
    with maintenance():  # entries are written for ever; what they say stays as it is
        apps.get_model("proposals", "PollEntry").objects.update(item_key=F("item_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
        ('proposals', '0005_evidence_and_invitations'),
        ("voting", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160, verbose_name='judul paket')),
                ('created_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to=settings.AUTH_USER_MODEL, verbose_name='pengusul')),
                ('kept', models.ManyToManyField(blank=True, related_name='kept_by', to='indicators.indicatorversion', verbose_name='tetap seperti semula')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='indicators.publication', verbose_name='set yang dilanjutkan')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='proposals.round', verbose_name='putaran')),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(title=""), name="bundle_title", violation_error_message="Tulis judul paketnya."),
                ],
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="bundle",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="proposals.bundle", verbose_name="paket"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="left_bundle_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=Q(bundle__isnull=True, left_bundle_at__isnull=True) | (Q(bundle__isnull=False) & Q(kind__in=["amend", "retire"])),
                name="proposal_bundle_carries_over",
                violation_error_message="Paket memuat perubahan dan pencabutan indikator saja.",
            ),
        ),
        # The items move into a column of their own. It is no foreign key while it is filled:
        # PostgreSQL alters no table that has foreign keys left to check.
        migrations.AddField("pollentry", "item_key", models.UUIDField(null=True)),
        migrations.RunPython(items_copy),
        migrations.AlterField(
            "pollentry",
            "item",
            models.UUIDField(db_column="item_id", default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
        ),
        migrations.RenameField("pollentry", "item", "id"),
        migrations.AlterField(
            "pollentry",
            "id",
            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
        ),
        migrations.RenameField("pollentry", "item_key", "item"),
        migrations.AlterField(
            "pollentry",
            "item",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="poll_entries", to="voting.item"),
        ),
        migrations.AddField(
            model_name="pollentry",
            name="bundle",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="poll_entries", to="proposals.bundle"),
        ),
        migrations.AddConstraint(
            model_name="pollentry",
            constraint=models.UniqueConstraint(condition=Q(bundle__isnull=True), fields=("item",), name="pollentry_item_once", violation_error_message="Satu butir memuat satu usulan atau satu paket."),
        ),
    ]
