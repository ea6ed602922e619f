"""A small provider of OpenID Connect that runs in the process of the tests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class Provider(BaseHTTPRequestHandler):
    """Says who it is, trades any code for a token, and tells whom the token stands for."""

    person: dict[str, Any] = {}
    asked: list[dict[str, list[str]]] = []
    fails_at: str = ""  # the part of an address at which it breaks down

    def do_GET(self) -> None:
        """Answer with what is known of the provider or the person, or send the browser back."""
        base = f"http://{self.headers['Host']}"
        if self.fails():
            self.send_error(503)
        elif self.path.endswith("openid-configuration"):
            self.say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path.startswith("/authorize"):
            asked = parse_qs(urlsplit(self.path).query)
            back = urlencode({"code": "c", "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            self.end_headers()
        else:
            self.say(self.person)

    def do_POST(self) -> None:
        """Give a token for a code."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        if self.fails():
            self.send_error(503)
        else:
            self.say({"access_token": "a", "token_type": "Bearer"})

    def fails(self) -> bool:
        """Return whether it shall break down here."""
        return bool(self.fails_at) and self.fails_at in self.path

    def say(self, content: object) -> None:
        """Answer with JSON."""
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the output of the tests clean."""


@contextmanager
def running_provider(settings: Any) -> Iterator[dict[str, Any]]:
    """Let the provider run and the portal know of it; give the portal's settings for it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Provider.person, Provider.asked, Provider.fails_at = {}, [], ""
    app = {
        "provider_id": "agency",
        "name": "Fairhaven account",
        "client_id": "portal",
        "secret": "shh",
        "settings": {
            "server_url": f"http://127.0.0.1:{server.server_port}",
            "oauth_pkce_enabled": True,
            "verified_email": False,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield app
    server.shutdown()
    server.server_close()
