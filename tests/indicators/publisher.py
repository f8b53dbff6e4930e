"""`python -m tests.indicators.publisher SET MINUTES`: another process that publishes a set.

Waits for a line on its standard input, so that several can be let go at once; prints what the
action returned, or the sentence of its refusal.
"""

import sys

import django
from django.utils import timezone


def main() -> None:
    django.setup()
    from core.verdict import Refused
    from indicators.actions import set_publish
    from indicators.models import IndicatorSet
    from people.models import Appointment
    from tests.indicators.builders import decision, later

    publisher = Appointment.objects.select_related("person").get(role="publisher").person
    indicator_set = IndicatorSet.objects.get(pk=sys.argv[1])
    now = later(timezone.now(), int(sys.argv[2]))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        publication = set_publish(
            actor=publisher, indicator_set=indicator_set, decision=decision(), now=now
        )
        print(f"{publication.version} {publication.digest}", flush=True)
    except Refused as refused:
        print(f"refused: {refused}", flush=True)


if __name__ == "__main__":
    main()
