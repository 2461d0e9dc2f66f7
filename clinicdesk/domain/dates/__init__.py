"""Calendar dates and times of day: read, written and counted in one place."""

from clinicdesk.domain.dates.columns import (
    ORDERS,
    SERIAL,
    ColumnDates,
    no_date,
    possible_orders,
    read_cell,
)
from clinicdesk.domain.dates.months import add_months, week_start
from clinicdesk.domain.dates.names import LONG_WEEKDAYS, MONTHS, WEEKDAYS
from clinicdesk.domain.dates.reading import Sort, read_birth, read_coming, read_day
from clinicdesk.domain.dates.times import (
    minute_words,
    read_minutes,
    read_time,
    split_when,
    time_words,
)
from clinicdesk.domain.dates.writing import (
    day_digits,
    day_long,
    day_short,
    day_words,
    far_words,
    month_short,
    month_words,
    understood,
    weekday_heads,
    weekday_name,
    weekday_short,
    weekday_words,
)

__all__ = [
    "LONG_WEEKDAYS",
    "MONTHS",
    "ORDERS",
    "SERIAL",
    "WEEKDAYS",
    "ColumnDates",
    "Sort",
    "add_months",
    "day_digits",
    "day_long",
    "day_short",
    "day_words",
    "far_words",
    "minute_words",
    "month_short",
    "month_words",
    "no_date",
    "possible_orders",
    "read_birth",
    "read_cell",
    "read_coming",
    "read_day",
    "read_minutes",
    "read_time",
    "split_when",
    "time_words",
    "understood",
    "week_start",
    "weekday_heads",
    "weekday_name",
    "weekday_short",
    "weekday_words",
]
