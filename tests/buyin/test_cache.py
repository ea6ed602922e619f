"""The cache in Redis, which keeps what it needs between two calls."""

import os
import time
import uuid

import pytest
from django.core.cache import cache, caches

from buyin.cache import PAUSE, RedisCache
from tests.services import free_port

pytestmark = pytest.mark.servers
with_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs a Redis server")


@pytest.fixture
def lonely() -> RedisCache:
    """A cache whose server is not there."""
    return RedisCache(f"redis://127.0.0.1:{free_port()}/0", {"KEY_PREFIX": str(uuid.uuid4())})


@with_redis
def test_what_is_put_in_comes_back_and_one_client_serves_every_call():
    cache.set("name", {"value": "Ångström"}, 60)
    assert cache.get("name") == {"value": "Ångström"}
    server = vars(caches["default"])["_cache"]
    assert server.get_client("name") is server.get_client("other")
    assert server.get_client("name", write=True) is server.get_client("other", write=True)
    cache.delete("name")
    assert cache.get("name") is None


def test_while_redis_is_away_the_process_remembers_for_itself(lonely):
    assert not lonely.is_away
    lonely.set("a", 1, 60)
    assert lonely.is_away
    assert lonely.get("a") == 1
    assert lonely.get("b", "nothing") == "nothing"
    assert lonely.add("b", 2, 60)
    assert not lonely.add("b", 3, 60)
    assert lonely.incr("b") == 3
    assert lonely.touch("b", 60)
    assert lonely.set_many({"c": 3, "d": 4}) == []
    assert lonely.get_many(["a", "c", "x"]) == {"a": 1, "c": 3}
    assert lonely.delete("a")
    assert not lonely.delete("a")
    with pytest.raises(ValueError, match="not found"):
        lonely.incr("x")


def test_a_server_that_was_away_is_asked_again_after_a_while(lonely, monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr("buyin.cache.time.monotonic", lambda: now)
    lonely.set("a", 1, 60)
    assert lonely.is_away
    now += PAUSE + 1
    assert not lonely.is_away
