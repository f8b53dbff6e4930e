"""Working days as the city counts them: Monday to Friday without the holidays of its table."""

from datetime import date

from core.dates import add_working_days
from people.models import Holiday


def working_day_after(start: date, days: int) -> date:
    """The date `days` working days after `start`, by the table as it stands now. One query.

    Whoever promises a window stores the result: a holiday added later moves no running window.
    Source: DOMAIN 5.4 (work time).
    """
    return add_working_days(start, days, Holiday.objects.days_after(start))
