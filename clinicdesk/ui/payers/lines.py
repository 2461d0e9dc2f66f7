"""The lines of the page and what was chosen on it but is not saved yet: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.payers import Basis, short_title
from clinicdesk.domain.rows.payers import PackSummary, PayerRow
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _, _n


@dataclass(frozen=True)
class Heading:
    """The line over a group: ``words`` strong, ``note`` beside them."""

    words: str
    note: str
    warns: bool


Item = Heading | PayerRow


@dataclass
class Draft:
    """What is chosen and not saved. Nothing is saved that was not on the screen.

    Attributes:
        chosen: pack by payer, by a person.
        declined: payers whose nearest pack was taken away by a person.
        seen: payers whose line was on the screen.
    """

    chosen: dict[str, str] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def choice(self, row: PayerRow) -> str:
        """The pack that stands in the line's box, not saved; empty: none."""
        if row.key in self.chosen:
            return self.chosen[row.key]
        near = row.to_map and row.sure and row.key not in self.declined
        return row.nearest if near else ""

    def choose(self, row: PayerRow, pack: str) -> None:
        """A person chose; empty takes the choice away, and so does what it has already."""
        self.chosen.pop(row.key, None)
        self.declined.discard(row.key)
        if not pack:
            self.declined.add(row.key)
        elif row.to_map or pack != row.pack:
            self.chosen[row.key] = pack

    def discard(self) -> None:
        """Back to what is suggested."""
        self.chosen.clear()
        self.declined.clear()

    def ready(self, rows: Iterable[PayerRow]) -> dict[str, str]:
        """What would be saved: payer as written to pack."""
        return {
            row.payer: self.choice(row)
            for row in rows
            if self.choice(row) and (row.key in self.chosen or row.key in self.seen)
        }

    def unseen(self, rows: Iterable[PayerRow]) -> int:
        """Suggestions that nobody has had on the screen yet."""
        return sum(
            1
            for row in rows
            if self.choice(row) and row.key not in self.chosen and row.key not in self.seen
        )


def items_of(rows: Iterable[PayerRow], titles: Mapping[str, str], wanted: str) -> tuple[Item, ...]:
    """Headings and lines: what is to map, then the others; only those whose name has ``wanted``."""
    shown = [row for row in rows if any(fold(wanted) in fold(each) for each in row.spellings)]
    to_map = [row for row in shown if row.to_map]
    others = [row for row in shown if not row.to_map]
    found: list[Item] = []
    if to_map:
        people = sum(row.patients for row in to_map)
        own = titles.get(to_map[0].pack, to_map[0].pack)
        note = _n(
            "{count:,} patient is judged by {own} until then, and the card says so",
            "{count:,} patients are judged by {own} until then, and their card says so",
            people,
        ).format(count=people, own=own)
        found += [Heading(_("To map {count}").format(count=len(to_map)), note, warns=True), *to_map]
    if others:
        heading = Heading(_("Mapped {count}").format(count=len(others)), "", warns=False)
        found += [heading, *others]
    return tuple(found)


def aside(row: PayerRow, draft: Draft, titles: Mapping[str, str]) -> str:
    """The small words beside the box of a payer to map."""
    choice = draft.choice(row)
    if choice and choice == row.nearest and row.key not in draft.chosen:
        return _("nearest")
    if choice:
        return _("chosen")
    if row.apart:
        return _("its own choice")
    if row.nearest:
        return _("{pack}?").format(pack=titles.get(row.nearest, row.nearest))
    return ""


def state_words(row: PayerRow, titles: Mapping[str, str]) -> str:
    """Why a pack is asked: ``assumed: Clinic default``, ``since 14 May 2025``."""
    pack = titles.get(row.pack, row.pack)
    if row.basis is Basis.ASSUMED:
        return _("assumed: {pack}").format(pack=pack)
    if row.since is not None:
        return _("since {day}").format(day=day_words(row.since))
    return _("named by the pack")


def coming_words(row: PayerRow, titles: Mapping[str, str]) -> str:
    """``then US Medicare from 1 Jan 2027``; empty where nothing is to come."""
    if row.coming is None:
        return ""
    pack, day = row.coming
    return _("then {pack} from {day}").format(pack=titles.get(pack, pack), day=day_words(day))


def spoken(row: PayerRow, draft: Draft, titles: Mapping[str, str]) -> str:
    """The line for a screen reader."""
    choice = draft.choice(row)
    people = _n("{count:,} patient", "{count:,} patients", row.patients).format(count=row.patients)
    parts = [
        row.payer,
        people,
        _("{count:,} booked").format(count=row.booked),
        "" if row.to_map else titles.get(row.pack, row.pack),
        state_words(row, titles),
        coming_words(row, titles),
        _("chosen, not saved: {pack}").format(pack=titles.get(choice, choice)) if choice else "",
    ]
    return ", ".join(filter(None, parts))


def foot_words(rows: tuple[PayerRow, ...], draft: Draft) -> str:
    """``3 of 5 chosen, 2 stay assumed``, and what has not been on the screen."""
    to_map = [row for row in rows if row.to_map]
    chosen = [row for row in to_map if draft.choice(row)]
    if not to_map:
        return ""
    said = _("{chosen} of {all} chosen, {rest} stay assumed").format(
        chosen=len(chosen), all=len(to_map), rest=len(to_map) - len(chosen)
    )
    unseen = draft.unseen(rows)
    if not unseen:
        return said
    return _n(
        "{said}; {count} further down has not been looked at",
        "{said}; {count} further down have not been looked at",
        unseen,
    ).format(said=said, count=unseen)


def short_titles(packs: Iterable[PackSummary]) -> dict[str, str]:
    """Pack id to its title without what stands in brackets, where that still tells them apart."""
    known = {pack.id: pack.title for pack in packs}
    short = {key: short_title(title) for key, title in known.items()}
    return {
        key: words if list(short.values()).count(words) == 1 else known[key]
        for key, words in short.items()
    }


def mapped_words(count: int, day: date) -> str:
    """What the status bar says after saving."""
    return _n(
        "{count} payer mapped from {day} on", "{count} payers mapped from {day} on", count
    ).format(count=count, day=day_words(day))
