"""What the database itself refuses, for both dialects from one list.

A service that forgets a rule, a script, another program with the key: none may
change a signed record, the audit log or the bytes of a printed sheet, delete
anything clinical, or book one thing twice.

SQLite's batch migrations drop triggers, so a migration ends with ``statements()``.
"""

from __future__ import annotations

from collections.abc import Iterator

APPEND_ONLY = (
    "audit_act",
    "audit_item",
    "status_change",
    "signature",
    "addendum",
    "strike_out",
    "verdict_record",
    "document",
    "document_blob",
    "document_event",
    "change_log",
    "contact_attempt",
    "due_date",
    "patient_asked",
    "safety_finding",
    "safety_answer",
    "hold_step",
    "payer_pack",
    "site_name",
    "driver_asked",
    "contact_confirmed",
    "consent_signed",
)
"""Rows that are written once."""

KEPT = (
    "audit_head",
    "clinic",
    "resource",
    "staff",
    "block",
    "patient",
    "patient_name",
    "identifier",
    "phone",
    "address",
    "coverage",
    "weight",
    "allergy",
    "patient_drug",
    "alert",
    "implant",
    "planned_surgery",
    "condition",
    "appointment",
    "planned_procedure",
    "procedure",
    "lot",
    "reading",
    "follow_up",
    "due_snooze",
)
"""Rows that may change but never go."""

SINCE = {
    "contact_attempt": "0002",
    "due_date": "0002",
    "due_snooze": "0002",
    "patient_asked": "0005",
    "safety_finding": "0006",
    "safety_answer": "0006",
    "hold_step": "0006",
    "payer_pack": "0008",
    "site_name": "0009",
    "driver_asked": "0010",
    "contact_confirmed": "0010",
    "consent_signed": "0011",
}
"""The revision that made a table; all others are of the first."""

SEALED_PARTS = ("procedure_site", "administration")
"""Rows that are frozen with the signed procedure they belong to."""

_SIGNED = (
    "EXISTS (SELECT 1 FROM procedure p WHERE p.id = {row}.procedure_id AND p.state = 'signed')"
)
_LINKED = (
    "EXISTS (SELECT 1 FROM reading_link l JOIN procedure p ON p.id = l.procedure_id"
    " WHERE l.reading_id = OLD.id AND l.phase IN ('baseline', 'post') AND p.state = 'signed')"
)


Rule = tuple[str, str, str, str, str]
"""(name, table, event, condition, message): the row is refused when the condition holds."""


def _rules() -> Iterator[Rule]:
    for table in APPEND_ONLY:
        yield f"{table}_no_update", table, "UPDATE", "", f"append-only: {table}"
        yield f"{table}_no_delete", table, "DELETE", "", f"append-only: {table}"
    for table in KEPT:
        yield f"{table}_no_delete", table, "DELETE", "", f"never deleted: {table}"
    yield (
        "audit_head_forward",
        "audit_head",
        "UPDATE",
        "NEW.last_id <> OLD.last_id + 1",
        "append-only: audit_head",
    )
    message = "signed-record"
    yield "procedure_signed", "procedure", "UPDATE", "OLD.state = 'signed'", message
    for table in SEALED_PARTS:
        yield from _sealed(table, "")
    yield from _sealed("reading_link", "{row}.phase IN ('baseline', 'post') AND ")
    yield "reading_signed", "reading", "UPDATE", _LINKED, message


def _sealed(table: str, extra: str) -> Iterator[Rule]:
    old = (extra + _SIGNED).format(row="OLD")
    new = (extra + _SIGNED).format(row="NEW")
    yield f"{table}_signed_insert", table, "INSERT", new, "signed-record"
    yield f"{table}_signed_update", table, "UPDATE", f"({old}) OR ({new})", "signed-record"
    yield f"{table}_signed_delete", table, "DELETE", old, "signed-record"


# No claim is longer than a day, so only the day before need be searched: without that bound every
# booking would look at all earlier claims of the physician.
_OVERLAP = """
CREATE TRIGGER claim_overlap_{event} BEFORE {event} ON claim
WHEN NEW.exclusive AND NOT NEW.released
BEGIN
  SELECT RAISE(ABORT, 'claim-too-long')
   WHERE julianday(NEW.ends_at) - julianday(NEW.starts_at) > 1;
  SELECT RAISE(ABORT, 'claim-overlap:' || c.id) FROM claim c
   WHERE c.resource_id = NEW.resource_id AND c.exclusive AND NOT c.released {other}
     AND c.starts_at < NEW.ends_at AND c.ends_at > NEW.starts_at
     AND c.starts_at >= date(NEW.starts_at, '-1 day');
  SELECT RAISE(ABORT, 'claim-overlap:' || c.id) FROM claim c
   WHERE c.patient_id = NEW.patient_id AND c.exclusive AND NOT c.released {other}
     AND c.starts_at < NEW.ends_at AND c.ends_at > NEW.starts_at
     AND c.starts_at >= date(NEW.starts_at, '-1 day');
END"""

_EXCLUDE = """
ALTER TABLE claim ADD CONSTRAINT ex_claim_{subject} EXCLUDE USING gist
 ({subject}_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
 WHERE (exclusive AND NOT released AND {subject}_id IS NOT NULL)"""

_REFUSE = """
CREATE OR REPLACE FUNCTION clinicdesk_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"""


def statements(dialect: str, revision: str | None = None) -> list[str]:
    """DDL that creates every trigger; for PostgreSQL also the exclusion constraints.

    Args:
        dialect: ``sqlite`` or ``postgresql``.
        revision: as of that one, whose migration runs before later tables are there.
    """
    rules = [rule for rule in _rules() if revision is None or _since(rule[1]) <= revision]
    if dialect == "postgresql":
        return [
            _REFUSE,
            *_for_postgres(rules),
            _EXCLUDE.format(subject="resource"),
            _EXCLUDE.format(subject="patient"),
        ]
    return [
        *_for_sqlite(rules),
        _OVERLAP.format(event="INSERT", other=""),
        _OVERLAP.format(event="UPDATE", other="AND c.id <> NEW.id"),
    ]


def statements_since(dialect: str, revision: str) -> list[str]:
    """DDL of the triggers on the tables that ``revision`` made, for its migration."""
    rules = [rule for rule in _rules() if _since(rule[1]) == revision]
    return list(_for_postgres(rules) if dialect == "postgresql" else _for_sqlite(rules))


def _since(table: str) -> str:
    return SINCE.get(table, "0001")


def _for_sqlite(rules: list[Rule]) -> Iterator[str]:
    for name, table, event, condition, message in rules:
        when = f"WHEN {condition} " if condition else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _for_postgres(rules: list[Rule]) -> Iterator[str]:
    for name, table, event, condition, message in rules:
        # A WHEN clause may not hold a subquery, so such conditions move into a function.
        if "SELECT" in condition:
            yield _checking_function(name, condition, event)
            call = f"clinicdesk_{name}('{message}')"
            when = ""
        else:
            call = f"clinicdesk_refuse('{message}')"
            when = f"WHEN ({condition}) " if condition else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}"
            f"EXECUTE FUNCTION {call}"
        )
    tables = {rule[1] for rule in rules}
    for table in (*APPEND_ONLY, *KEPT):
        if table in tables:
            yield (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"EXECUTE FUNCTION clinicdesk_refuse('never emptied: {table}')"
            )


def _checking_function(name: str, condition: str, event: str) -> str:
    given = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION clinicdesk_{name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {condition} THEN"
        " RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END IF;"
        f" RETURN {given}; END $$"
    )


def dropping(dialect: str) -> list[str]:
    """DDL that removes what ``statements`` made, before a migration makes it anew."""
    names = [(name, table) for name, table, *_ in _rules()]
    if dialect == "postgresql":
        names += [(f"{table}_no_truncate", table) for table in (*APPEND_ONLY, *KEPT)]
        drops = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in names]
        return [
            *drops,
            *(
                f"ALTER TABLE claim DROP CONSTRAINT IF EXISTS ex_claim_{s}"
                for s in ("resource", "patient")
            ),
        ]
    names += [("claim_overlap_INSERT", "claim"), ("claim_overlap_UPDATE", "claim")]
    return [f"DROP TRIGGER IF EXISTS {name}" for name, _ in names]
