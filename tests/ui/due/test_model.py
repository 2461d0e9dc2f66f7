"""A long list holds ids; rows come in pages, where somebody looks."""

from __future__ import annotations

from dataclasses import replace

from support.due_fake import TODAY, FakeDue, due_row, many

from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueRow
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.sections import Heading


def filled(fake: FakeDue) -> tuple[DueModel, list[tuple[int, ...]]]:
    model = DueModel(TODAY, "en", 50)
    asked: list[tuple[int, ...]] = []
    model.wanted.connect(asked.append)
    model.show_list(fake.overview(None, None, DueFilter(), TODAY))
    return model, asked


def bring(model: DueModel, fake: FakeDue, asked: list[tuple[int, ...]]) -> None:
    while asked:
        model.take_rows(fake.rows(None, None, asked.pop(0), TODAY))


def test_a_long_list_begins_with_its_first_ids_and_nothing_moves_when_the_others_come() -> None:
    fake = many(5000)
    model, asked = DueModel(TODAY, "en", 50), []
    model.wanted.connect(asked.append)
    model.show_list(fake.opening(None, None, DueFilter(), TODAY))
    assert model.rowCount() == 5002
    assert not model.sections.whole
    model.look(0, 14)
    assert asked == [tuple(range(1, 40))]
    bring(model, fake, asked)
    assert isinstance(model.item(39), DueRow)
    # What is not here yet is on its way: not a heading, and nobody is sent to a wrong row.
    assert model.item(400) is None
    assert model.spoken(400) == "Loading"
    assert model.id_at(400) is None
    resets = []
    model.modelAboutToBeReset.connect(lambda: resets.append(1))
    model.look(390, 404)
    assert asked == []
    model.show_list(fake.overview(None, None, DueFilter(), TODAY))
    bring(model, fake, asked)
    assert isinstance(model.item(400), DueRow)
    assert model.sections.whole
    assert resets == []


def test_a_whole_list_that_differs_from_its_beginning_is_shown_as_it_is() -> None:
    fake = many(500)
    model = DueModel(TODAY, "en", 50)
    model.show_list(fake.opening(None, None, DueFilter(), TODAY))
    del fake.listed[2]
    model.show_list(fake.overview(None, None, DueFilter(), TODAY))
    assert model.rowCount() == 501
    assert [model.id_at(line) for line in (1, 2)] == [1, 3]


def test_only_what_is_near_the_eye_is_asked_for() -> None:
    fake = many(5000)
    model, asked = filled(fake)
    assert model.rowCount() == 5002
    model.look(0, 14)
    assert asked == [tuple(range(1, 40))]
    bring(model, fake, asked)
    assert isinstance(model.item(0), Heading)
    assert isinstance(model.item(39), DueRow)
    assert model.item(60) is None
    model.look(4000, 4014)
    bring(model, fake, asked)
    assert isinstance(model.item(4010), DueRow)
    assert all(len(what) <= 100 for (what,) in fake.asked("rows"))


def test_one_question_at_a_time_and_the_next_where_the_eye_is_by_then() -> None:
    fake = many(5000)
    model, asked = filled(fake)
    model.look(0, 14)
    for line in range(100, 3000, 100):
        model.look(line, line + 14)
    assert len(asked) == 1
    model.take_rows(fake.rows(None, None, asked.pop(), TODAY))
    assert len(asked) == 1
    assert asked[0][0] >= 2890


def test_far_rows_are_forgotten_so_that_memory_stays_small() -> None:
    fake = many(9000)
    model, asked = filled(fake)
    for line in range(0, 8900, 40):
        model.look(line, line + 40)
        bring(model, fake, asked)
    assert sum(model.row_of(number) is not None for number in fake.listed) <= 2100


def test_rows_known_before_stay_until_their_newer_selves_are_here() -> None:
    fake = many(40)
    model, asked = filled(fake)
    model.look(0, 14)
    bring(model, fake, asked)
    fake.change(3, phone="(617) 555-0199")
    model.old(frozenset({3}))
    before = model.row_of(3)
    assert before is not None
    assert before.phone == "(617) 555-0117"
    assert asked == [(3,)]
    bring(model, fake, asked)
    after = model.row_of(3)
    assert after is not None
    assert after.phone == "(617) 555-0199"


def test_a_failed_question_may_be_put_again() -> None:
    model, asked = filled(many(40))
    model.look(0, 5)
    model.not_brought()
    model.look(0, 5)
    assert len(asked) == 2


def test_folding_is_remembered_and_what_is_searched_for_is_never_folded_away() -> None:
    fake = FakeDue({1: due_row(1), 2: due_row(2, group=DueGroup.HOLDING)})
    model, _ = filled(fake)
    answer = fake.overview(None, None, DueFilter(), TODAY)
    assert model.sections.shown() == (1,)
    model.show_list(answer, DueFilter(text="person"))
    assert model.sections.shown() == (1, 2)
    model.show_list(answer)
    assert model.sections.shown() == (1,)
    model.fold(DueGroup.HOLDING, folded=False)
    model.fold(DueGroup.NOW, folded=True)
    model.show_list(answer)
    assert model.sections.shown() == (2,)


def test_ticks_survive_another_list_and_the_hidden_ones_are_counted() -> None:
    fake = many(10)
    model, _ = filled(fake)
    model.choose((1, 2, 9), chosen=True)
    answer = fake.overview(None, None, DueFilter(), TODAY)
    model.show_list(replace(answer, ids=(2, 3), groups=((DueGroup.OVERDUE, 2),)))
    assert model.chosen == {1, 2, 9}
    assert model.hidden() == 2
    assert model.chosen_in_order() == (2, 1, 9)


def test_lines_are_spoken() -> None:
    fake = many(4)
    model, asked = filled(fake)
    assert model.spoken(0) == "Overdue, 2, open"
    assert model.spoken(1) == "Loading"
    model.look(0, 5)
    bring(model, fake, asked)
    assert "Person1, Silvia" in model.spoken(1)
