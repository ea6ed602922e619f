"""What stands in a list is shown as text on every page about it, and never taken for markup."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.stakeholders import PostFactory, StakeholderFactory
from tests.stakeholders.lists import LIST, at, newest

pytestmark = pytest.mark.django_db
EVIL = '<img src=x data-canary="1">'
CELL = '"' + EVIL.replace('"', '""') + '"'
FILE = (
    f"Name,Mail,Category,{CELL},Department\n"
    f"Ann {CELL[1:-1]},{CELL},{CELL},{CELL},{CELL}\n"
    f"J. Smith,,IT,{CELL},\n"
    f"{CELL},,IT,,\n"
)


@pytest.fixture
def run(sign_in):
    StakeholderFactory(name=f"John Smith {EVIL}")
    StakeholderFactory(name="John Smith")
    client = sign_in("lead")
    file = SimpleUploadedFile(
        f"{EVIL[:-1].replace('/', '')}.csv", FILE.replace("\n", "\r\n").encode()
    )
    client.post(reverse("stakeholders:imports"), {"file": file, "source": EVIL})
    return newest()


@pytest.mark.parametrize("name", ["import", "import-columns", "import-doubts"])
def test_no_cell_head_or_name_of_a_file_is_markup(sign_in, run, name):
    text = sign_in("lead").get(reverse(f"stakeholders:{name}", args=[run.pk])).text

    assert "data-canary" in text
    assert "<img src=x" not in text


def test_the_samples_of_a_column_are_read_as_they_stand(sign_in, run):
    answer = sign_in("lead").get(reverse("stakeholders:import-columns", args=[run.pk]))

    assert any(EVIL in str(one.help_text) for one in answer.context["form"])
    assert "“&lt;img src=x data-canary=&quot;1&quot;&gt;”" in answer.text


def test_what_a_file_changes_is_read_as_it_stands_before_and_after(sign_in, cast):
    known = StakeholderFactory(name="Ann Lee", person__email="ann@x.example")
    PostFactory(person=known.person, title=EVIL.replace("canary", "former"), department=cast.roads)
    client = sign_in("lead")
    text = f"Name,Mail,Title,Department\r\nAnn Lee,ann@x.example,{CELL},roads\r\n"
    client.post(LIST, {"file": SimpleUploadedFile("a.csv", text.encode())})
    run = newest()

    for text in (
        client.get(at("import", run)).text,
        client.post(at("import", run), follow=True).text,
    ):
        assert "&lt;img src=x data-canary=&quot;1&quot;&gt;" in text
        assert "<img src=x" not in text
