"""Commands that act as somebody: search, verdict, book, audit verify."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from support.due import performed

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t

PASSPHRASE = "demo"


@pytest.fixture
def command(clinic, request, monkeypatch, capsys):
    """Runs a command on the small clinic; gives exit code, standard output and error."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(*argv: str, user: str | None = "frontdesk") -> tuple[int, str, str]:
        who = ["--user", user] if user else []
        code = main(["--database", place, *who, *argv])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("half", ["so\ud800to", "so\udced\udca0\udc80to"])
def test_half_a_sign_is_refused_with_a_sentence(command, half):
    code, out, err = command("search", half)
    assert (code, out) == (2, "")
    assert "A sign in this text is broken" in err
    assert len(err.splitlines()) == 1


def test_search_finds_as_the_type_ahead_does(command, clinic):
    code, out, err = command("search", "soto", "andrea", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {
            "id": clinic.seeded.andrea,
            "mrn": json.loads(out)[0]["mrn"],
            "family": "Soto",
            "given": "Andrea",
            "birth_date": "1971-08-02",
            "phone": "617-555-0177",
        }
    ]


def test_search_as_csv_and_text(command):
    code, out, _ = command("search", "muller", "--format", "csv")
    assert code == 0
    assert next(iter(csv.DictReader(io.StringIO(out))))["family"] == "Müller"
    assert "Jürgen" in command("search", "muller")[1]


def test_nobody_found_is_an_empty_list(command):
    assert command("search", "zzzzqqq", "--format", "json")[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    ("user", "password"), [(None, "demo"), ("frontdesk", None), ("frontdesk", "x"), ("who", "demo")]
)
def test_who_is_not_signed_in_gets_exit_3(command, monkeypatch, user, password):
    if password is None:
        monkeypatch.delenv("CLINICDESK_PASSWORD")
    else:
        monkeypatch.setenv("CLINICDESK_PASSWORD", password)
    code, out, err = command("search", "soto", user=user)
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1


def test_a_verdict_from_the_record(command, clinic):
    plan = ("--procedure", "esi.transforaminal", "--site", "l5 LEFT", "--on", "2026-12-01")
    code, out, err = command("verdict", "--patient", str(clinic.seeded.teresa), *plan)
    assert code == 0
    verdict = json.loads(out)
    assert (verdict["status"], verdict["earliest"]) == ("ok", "2026-12-01")
    assert verdict["findings"][0]["rule"] == "esi.cap"
    assert err == ""
    with clinic.store.read() as tx:
        last = tx.session.query(t.AuditAct).order_by(t.AuditAct.id.desc()).first()
        assert (last.action, last.login) == ("verdict.ask", "frontdesk")


def test_what_the_payer_also_asks_is_said_beside_the_verdict(command, clinic):
    performed(clinic, date(2025, 10, 20), scores=((date(2026, 11, 10), 2),))
    performed(clinic, date(2026, 4, 20), scores=((date(2026, 11, 10), 2),))
    plan = ("--procedure", "esi.transforaminal", "--site", "l5 LEFT", "--on", "2026-12-01")
    code, out, err = command("verdict", "--patient", str(clinic.seeded.teresa), *plan)
    assert code == 0
    assert set(json.loads(out)) == {"status", "earliest", "findings"}
    assert "prolonged" not in out
    (line,) = err.splitlines()
    assert line.startswith("The payer also asks: Epidural sessions in the lumbar-sacral region")


@pytest.mark.parametrize(
    "argv",
    [
        ("--patient", "999", "--procedure", "tpi", "--site", "trapezius left"),
        ("--patient", "1", "--procedure", "esi.magic", "--site", "L5 left"),
        ("--patient", "1", "--procedure", "tpi", "--site", "L4-L5 left"),
        ("--patient", "1", "--procedure", "tpi", "--site", "trapezius left", "--pack", "none"),
        ("--patient", "1", "--procedure", "tpi", "--site", "a left", "--steroid", "dexamethasone"),
    ],
)
def test_a_malformed_question_is_exit_2(command, argv):
    code, out, err = command("verdict", *argv, "--on", "2026-12-01")
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize("asked", ["safety", "verdict"])
@pytest.mark.parametrize("mg", ["1e9999999", "1e-9999999", "-1", "nan"])
def test_a_dose_that_nobody_can_mean_is_exit_2(command, asked, mg):
    planned = ("--patient", "1", "--procedure", "tpi", "--site", "trapezius left")
    code, out, err = command(asked, *planned, "--on", "2026-12-01", "--steroid", f"x:{mg}")
    assert (code, out) == (2, "")
    assert f"“x:{mg}” is not DRUG:MG" in err


def test_the_audit_chain_is_checked_by_the_manager_or_by_whoever_holds_the_key(command):
    for user in ("manager", None):
        code, out, _ = command("audit", "verify", user=user)
        assert code == 0
        assert "entries checked, all in order" in out


def test_a_clock_that_was_set_back_is_named_by_the_check(command, clinic):
    clinic.clock.moment += timedelta(days=36500)
    with clinic.store.write(None, "test"):
        pass
    code, out, _ = command("audit", "verify", user="manager")
    assert code == 0
    assert "A computer's clock was set back 1 time, at entry " in out


def test_the_front_desk_may_not_check_the_audit(command):
    code, out, err = command("audit", "verify", user="frontdesk")
    assert (code, out) == (3, "")
    assert "role" in err


def _tamper(store) -> None:
    """What somebody with the key and a database tool could do."""
    with store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        cursor = raw.cursor()
        if store.dialect == "postgresql":
            cursor.execute("ALTER TABLE audit_act DISABLE TRIGGER ALL")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE tbl_name='audit_act' AND type='trigger'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE audit_act SET login = 'nobody' WHERE id = 1")
        raw.commit()


def test_a_tampered_entry_is_exit_1_and_named(command, clinic):
    _tamper(clinic.store)
    code, out, _ = command("audit", "verify", user="manager")
    assert code == 1
    assert "First broken: 1." in out


def _asked(command, clinic, what: str, site: str) -> tuple[int, str, str]:
    plan = ("--procedure", "joint.injection", "--site", site, "--on", "2026-12-01")
    return command(what, "--patient", str(clinic.seeded.teresa), *plan)


@pytest.mark.parametrize("what", ["verdict", "safety"])
def test_another_name_of_a_site_is_the_site_and_a_near_spelling_is_asked(command, clinic, what):
    canonical = _asked(command, clinic, what, "shoulder left")
    assert canonical[0] == 0
    code, out, err = _asked(command, clinic, what, "Glenohumeral Joint left")
    assert (code, out) == canonical[:2]
    assert "is read as shoulder left" in err
    code, out, err = _asked(command, clinic, what, "sholder left")
    assert (code, out) == (2, "")
    assert "Did you mean shoulder left?" in err
    assert "sites add --other “sholder”" in err


@pytest.mark.parametrize("what", ["verdict", "safety"])
@pytest.mark.parametrize("typed", ["knee (R)", "knee R.", "rt knee", "right knee", "knee r"])
def test_a_side_is_read_as_in_the_window(command, clinic, what, typed):
    code, out, err = _asked(command, clinic, what, typed)
    assert (code, out) == _asked(command, clinic, what, "knee right")[:2]
    assert code == 0
    assert f"“{typed}” is read as knee right" in err


def test_no_side_is_supplied(command, clinic):
    code, out, err = _asked(command, clinic, "verdict", "knee")
    assert (code, out) == (2, "")
    assert "has no side" in err


def test_a_new_site_is_made_known_and_an_old_name_matched(command, clinic):
    assert _asked(command, clinic, "verdict", "north spur left")[0] == 2
    code, out, _ = command("sites", "add", "north spur")
    assert (code, json.loads(out)) == (0, {"name": "north spur"})
    assert _asked(command, clinic, "verdict", "north spur left")[0] == 0
    performed(clinic, date(2026, 11, 2), "joint.injection", "sholder left")
    code, out, _ = command("sites", "--format", "json")
    assert (code, json.loads(out)) == (
        1, [{"name": "sholder", "times": 1, "patients": 1, "near": "shoulder"}],
    )  # fmt: skip
    assert command("sites", "match", "sholder left", "shoulder left")[0] == 3
    code, out, _ = command("sites", "match", "sholder left", "shoulder left", user="physician")
    assert (code, json.loads(out)) == (0, {"patients": 1})
    assert command("sites", "--format", "json")[:2] == (0, "[]\n")
    verdict = json.loads(_asked(command, clinic, "verdict", "shoulder left")[1])
    assert verdict["status"] == "not-before"
    _, out, _ = command("sites", "--own", "--format", "json")
    assert [(row["name"], row["meant"]) for row in json.loads(out)] == [
        ("sholder", "shoulder"),
        ("north spur", "north spur"),
    ]


PLAN = ("--procedure", "esi.transforaminal", "--site", "L5 left")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("verdict", "--patient", "987654", *PLAN, "--on", "2027-01-05"), "patient"),
        (("safety", "--patient", "987654", *PLAN, "--on", "2027-01-05"), "patient"),
        (("print", "consent", "--appointment", "987654", "-o", "x.pdf"), "appointment"),
        (("print", "aftercare", "--procedure", "987654", "-o", "x.pdf"), "logged procedure"),
        (("print", "note", "--appointment", "987654", "-o", "x.pdf"), "appointment"),
        (("print", "note", "--procedure", "987654", "-o", "x.pdf"), "logged procedure"),
    ],
)
def test_a_record_that_is_not_there_is_named_by_its_number(
    command, tmp_path, monkeypatch, argv, words
):
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*argv, user="physician")
    assert (code, out) == (2, "")
    assert f"There is no {words} with the number 987654." in err


@pytest.mark.parametrize("name", ["verdict", "safety"])
def test_nothing_is_asked_of_a_day_before_birth(command, clinic, name):
    asked = (name, "--patient", str(clinic.seeded.andrea), *PLAN, "--on")
    code, out, err = command(*asked, "1971-08-01")
    assert (code, out) == (2, "")
    assert "was born on 2 Aug 1971" in err
    assert command(*asked, "1971-08-02")[0] == 0


@pytest.mark.parametrize("start", ["2031-06-03", "20310603"])
def test_a_start_without_a_time_is_wrong_use(command, clinic, start):
    code, out, err = command(
        *("book", "--patient", str(clinic.seeded.andrea), *PLAN, "--start", start),
        *("--physician", "osei", "--room", "c-arm room"),
    )
    assert (code, out) == (2, "")
    assert "is not a time like" in err
