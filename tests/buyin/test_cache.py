"""The cache in Redis, which keeps what it needs between two calls."""

import os

import pytest
from django.core.cache import cache, caches

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs a Redis server"),
]


def test_what_is_put_in_comes_back_and_one_client_serves_every_call():
    cache.set("name", {"value": "Ångström"}, 60)
    assert cache.get("name") == {"value": "Ångström"}
    server = vars(caches["default"])["_cache"]
    assert server.get_client("name") is server.get_client("other")
    assert server.get_client("name", write=True) is server.get_client("other", write=True)
    cache.delete("name")
    assert cache.get("name") is None
