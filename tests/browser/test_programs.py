"""Programs of a lead and of a person who is asked, from the guide to the closed wave."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Playwright, expect

from tests.cast import Cast
from tests.factories.accounts import PASSWORD
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.e2e
ANSWERS = {"useful": 4, "told": "dk", "heard": 2, "reasons": ["speed"], "hours": 2.5}


class Program:
    """Speaks to the portal as the guide for programs says, with cookies and the token beside them."""

    def __init__(self, line: APIRequestContext) -> None:
        self.line = line

    def sign_in(self, address: str) -> None:
        """Send the form of the sign-in page."""
        self.line.get("/accounts/login/")
        form: dict[str, str | float | bool] = {"login": address, "password": PASSWORD}
        assert self.line.post("/accounts/login/", form=form, headers=self._token()).ok
        self.get("/api/v1/my/waves/")

    def get(self, path: str, status: int = 200):
        """Return what an address answers."""
        answer = self.line.get(path)
        assert answer.status == status, answer.text()
        return answer.json()

    def post(self, path: str, body: object = None, status: int = 200):
        """Send JSON with the token and return what is answered."""
        answer = self.line.post(path, data=body, headers=self._token())
        assert answer.status == status, answer.text()
        return answer.json()

    def _token(self) -> dict[str, str]:
        cookies = self.line.storage_state()["cookies"]
        return {"X-CSRFToken": next(one["value"] for one in cookies if one["name"] == "csrf")}


@pytest.fixture
def programs(playwright: Playwright, live_server, cast: Cast, _answered) -> Iterator[list[Program]]:
    """Return two programs that are signed in: a lead's and that of a person who is asked."""
    lines = [playwright.request.new_context(base_url=live_server.url) for _program in range(2)]
    found = [Program(line) for line in lines]
    for program, name in zip(found, ("lead", "staff"), strict=True):
        person = cast.people[name]
        person.set_password(PASSWORD)
        person.save()
        program.sign_in(person.email)
    yield found
    for line in lines:
        line.dispose()


def test_programs_read_a_survey_answer_it_once_and_close_it(programs, cast, open_page, axe, shot):
    wave = make_wave(cast.roads, anonymity="named")
    survey = f"/api/v1/surveys/{wave.survey_id}/"
    lead, staff = programs

    page = open_page("lead", "/api/docs/", width=390)
    expect(page.get_by_text("/api/v1/my/waves/{wave}/response/").first).to_be_visible()
    axe(page)
    shot(page, "api-docs-390")

    (number,) = (version["number"] for version in lead.get(survey)["versions"])
    definition = lead.get(f"{survey}versions/{number}/")["definition"]
    asked = {one["code"] for part in definition["pages"] for one in part["questions"]}
    assert {"useful", "reasons", "hours"} <= asked
    assert lead.get(f"{survey}waves/1/")["state"] == "open"

    (waiting,) = staff.get("/api/v1/my/waves/")["results"]
    address = f"/api/v1/my/waves/{waiting['wave']}/response/"
    wrong = staff.post(address, {"receipt": str(uuid4()), "answers": {"useful": 9}}, 400)
    assert "not one of the answers" in wrong["answers"]["useful"][0]
    response = {"receipt": str(uuid4()), "answers": ANSWERS}
    assert staff.post(address, response, 201)["outcome"] == "stored"
    assert staff.post(address, response, 200)["outcome"] == "repeated"
    staff.post(address, {**response, "receipt": str(uuid4())}, 409)
    assert staff.get("/api/v1/my/waves/")["results"] == []
    staff.get(survey, 404)

    assert "rate" in lead.get(f"{survey}waves/1/response-rate/")
    assert lead.post(f"{survey}waves/1/close/")["state"] == "closed"
    assert staff.post(address, response, 200)["outcome"] == "repeated"
