"""What a file says once for a whole column, in words."""

from __future__ import annotations

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.translation import _
from clinicdesk.services.importing import ImportPreview

_MOST = 8


def notes_of(seen: ImportPreview) -> list[str]:
    """A sentence for each kind of thing that was met, the commonest first."""
    found = []
    if seen.guessed:
        found.append(
            _("The encoding is guessed: {name}. Choose another if letters are wrong.").format(
                name=seen.encoding
            )
        )
    form = seen.taken[0].form if seen.taken else None
    if form is not None and form.birth_date is not None:
        found.append(
            _("The first row becomes: {family}, {given}, born {day}.").format(
                family=form.family, given=form.given, day=day_words(form.birth_date)
            )
        )
    for column, count in seen.empties.items():
        found.append(
            _("{column}: {count} × a word for “empty”, read as empty").format(
                column=column, count=count
            )
        )
    kinds = sorted(seen.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    for (column, remark), count in kinds[:_MOST]:
        found.append(
            _("{column}: {count} × {remark}").format(column=column, count=count, remark=remark)
        )
    return found
