"""Forms are right by default: label, hint, error, summary, and nothing that was typed is lost."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

KINDS = [("a", "Nobody"), ("b", "The leads")]


class Plan(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", help_text="What people see.", max_length=20)
    mail = forms.EmailField(label="Reply address", required=False)
    opens = forms.DateField(label="Opens on")
    closes = forms.DateTimeField(label="Closes at")
    kind = forms.ChoiceField(label="Who sees names?", choices=KINDS, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Topics", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    words = forms.CharField(label="First words", max_length=10, widget=forms.Textarea)
    ready = forms.BooleanField(label="I looked at the preview")
    version = forms.CharField(widget=forms.HiddenInput)


def drawn(form):
    """Return the form's markup with single blanks."""
    return re.sub(r"\s+", " ", str(form))


@pytest.fixture
def empty():
    return drawn(Plan(initial={"opens": date(2026, 11, 30), "version": "7"}))


@pytest.fixture
def wrong():
    return drawn(Plan({"words": "far too many words", "kind": "x", "topics": ["a"]}))


def test_every_field_has_its_label_and_its_class(empty):
    assert '<label class="usa-label" for="id_title">Title </label>' in empty
    assert 'class="usa-input"' in empty
    assert 'class="usa-textarea"' in empty


def test_only_what_may_be_left_out_says_so(empty):
    assert empty.count("(optional)") == 2
    assert 'Reply address <span class="usa-hint">(optional)</span>' in empty


def test_a_hint_is_tied_to_its_field(empty):
    assert '<div class="usa-hint" id="id_title_helptext">What people see.</div>' in empty
    assert 'aria-describedby="id_title_helptext"' in empty


def test_choices_stand_in_a_group_with_its_question(empty):
    assert '<legend class="usa-legend">Who sees names? </legend>' in empty
    assert '<label class="usa-radio__label" for="id_kind_1">The leads</label>' in empty
    assert '<label class="usa-checkbox__label" for="id_topics_0">Nobody</label>' in empty
    assert 'type="checkbox" name="topics"' in empty


def test_dates_use_the_browsers_own_pickers(empty):
    assert 'type="date" name="opens" value="2026-11-30"' in empty
    assert 'type="datetime-local" name="closes"' in empty


def test_what_a_picker_sends_is_understood():
    form = Plan({"opens": "2026-11-30", "closes": "2026-12-01T17:30"})
    form.is_valid()

    assert form.cleaned_data["opens"] == date(2026, 11, 30)
    assert form.cleaned_data["closes"] == datetime(2026, 12, 1, 17, 30, tzinfo=UTC)


def test_a_browser_never_cuts_a_long_text(empty):
    assert 'maxlength="20"' in empty
    assert 'maxlength="10"' not in empty
    assert 'data-longest="10"' in empty
    assert "Up to 10 characters." in empty


def test_a_box_to_tick_has_its_label_behind_it(empty):
    box = empty.index('name="ready"')
    assert box < empty.index("I looked at the preview</label>")


def test_hidden_fields_have_no_label(empty):
    assert '<input type="hidden" name="version" value="7"' in empty
    assert "Version" not in empty


def test_the_summary_leads_to_each_field(wrong):
    summary = wrong[: wrong.index("usa-form-group")]

    assert 'role="alert"' in summary
    assert 'href="#id_title">Title: This field is required.</a>' in summary
    assert 'href="#id_kind_0">Who sees names?: Select a valid choice.' in summary
    assert "<li>This field is required.</li>" in summary


def test_the_fault_stands_at_the_field_too(wrong):
    assert 'aria-invalid="true"' in wrong
    assert 'id="id_words_error"' in wrong
    assert 'aria-describedby="id_title_helptext id_title_error"' in wrong


def test_what_was_typed_is_still_there(wrong):
    assert "far too many words</textarea>" in wrong
    assert re.search(r'name="topics" value="a" id="id_topics_0" checked', wrong)


def test_a_fault_of_the_whole_form_is_in_the_summary():
    form = Plan({})
    form.add_error(None, "The wave is <b>closed</b>.")

    assert "<li>The wave is &lt;b&gt;closed&lt;/b&gt;.</li>" in drawn(form)


def test_a_form_without_faults_has_no_summary(empty):
    assert "There is a problem" not in empty


@pytest.mark.parametrize(
    ("title", "files", "is_gone"),
    [("", {"table": "x"}, True), ("Given", {"table": "x"}, False), ("", {}, False)],
)
def test_a_file_has_to_be_chosen_again_where_something_else_is_wrong(title, files, is_gone):
    class Sent(forms.Form):
        title = forms.CharField()
        table = forms.FileField(required=False)

    sent = {name: [SimpleUploadedFile(name, text.encode())] for name, text in files.items()}
    form = Sent({"title": title}, MultiValueDict(sent))
    form.full_clean()

    assert ("Choose the file again" in drawn(form)) == is_gone
    assert "Choose the file again" not in drawn(Sent())


def test_a_name_with_markup_stays_text():
    class Chosen(forms.Form):
        who = forms.ChoiceField(choices=[("1", "<i>Ada</i>")], widget=forms.RadioSelect)

    assert "&lt;i&gt;Ada&lt;/i&gt;" in drawn(Chosen())


def test_drawing_a_form_does_not_change_it():
    form = Plan()

    assert drawn(form) == drawn(form)
    assert form.fields["words"].widget.attrs["maxlength"] == "10"


def test_the_record_keepings_widgets_keep_their_own_look():
    class Record(forms.Form):
        code = forms.CharField(widget=AdminTextInputWidget)

    assert str(Record()["code"]) == (
        '<input type="text" name="code" class="vTextField" required id="id_code">'
    )


def test_the_record_keeping_is_drawn_by_its_own_templates(sign_in, cast):
    page = sign_in("administrator").get(f"/admin/accounts/user/{cast.staff.pk}/change/").text

    assert 'class="readonly"' in page
    assert "usa-" not in page
