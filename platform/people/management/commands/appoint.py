"""Appoint someone from the console of the server: how the first administrator comes in."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.verdict import Refused
from people.actions import appointment_create, password_issue
from people.models import Appointment, Person, Unit


class Command(BaseCommand):
    help = (
        "Appoints a registered person to a role in a unit, as the operator of the server: this is "
        "how the first administrator comes in, who then appoints the others through the pages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nip", metavar="NIP")
        parser.add_argument("role", choices=Appointment.Role.values)
        parser.add_argument("unit", metavar="UNIT_CODE")
        parser.add_argument("--decree", default="", metavar="NUMBER", help="of the decision (SK)")
        parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--password", action="store_true", help="issue and print a temporary password too"
        )

    def handle(self, *args: Any, nip: str, role: str, unit: str, **options: Any) -> None:
        now = timezone.now()
        try:
            person = Person.objects.get_by_natural_key("".join(nip.split()))
            appointment_create(
                actor=None,
                person=person,
                unit=Unit.objects.get(code=unit),
                role=role,
                starts_on=timezone.localdate(now),
                ends_on=options["until"],
                decree=options["decree"],
                now=now,
            )
            if options["password"]:
                self.stdout.write(password_issue(actor=None, person=person, now=now))
        except Person.DoesNotExist:
            raise CommandError("Tidak ada pegawai dengan NIP ini.") from None
        except Unit.DoesNotExist:
            raise CommandError(f"Tidak ada unit dengan kode {unit}.") from None
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write("Penunjukan tercatat.")
