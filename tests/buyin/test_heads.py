"""Where only the head of an answer is asked for, nothing follows it on the connection."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def sent(method, path):
    """Return status, headers and body as a server gets them; the client of tests would drop a body."""
    started = []
    portal: Any = WSGIHandler()
    environ = RequestFactory().generic(method, path).environ
    answer = portal(environ, lambda status, headers: started.append((status, dict(headers))))
    body = b"".join(answer)
    answer.close()
    return *started[0], body


@pytest.mark.parametrize("path", ["/ai/", "/ai/register.csv", "/accounts/login/", "/no/such/page/"])
def test_the_head_of_a_page_comes_without_the_page(path):
    status, headers, page = sent("GET", path)

    only = sent("HEAD", path)

    assert page
    assert only[0] == status
    assert only[1].get("Content-Length") == headers.get("Content-Length")
    assert only[2] == b""
