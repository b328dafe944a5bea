"""The ring map in Firefox, driven through WebDriver BiDi, which Firefox itself speaks."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from websockets.sync.client import ClientConnection, connect

from ringmap.cli import main

SAMPLE = Path(__file__).parents[2] / "sample_graphs" / "bride_line"
NAMES = ("firefox-esr", "firefox")


class Firefox:
    """One page of a Firefox without a window."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.asked, self.events = socket, 0, list[dict[str, Any]]()
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        tree = self.send("browsingContext.getTree")
        self.context = tree["contexts"][0]["context"]

    def send(self, method: str, **parameters: Any) -> Any:
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": parameters}))
        while True:
            said = json.loads(self.socket.recv(timeout=30))
            if said.get("id") == self.asked:
                assert said["type"] == "success", said
                return said["result"]
            self.events.append(said)

    def open(self, page: Path) -> None:
        url = page.resolve().as_uri()
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def ask(self, expression: str) -> Any:
        """The value of an expression on the page, by way of JSON."""
        found = self.send(
            "script.evaluate", expression=f"JSON.stringify({expression})", awaitPromise=True,
            target={"context": self.context},
        )  # fmt: skip
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """A Firefox with a profile of its own; in continuous integration it may not be missing."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Firefox is not installed; `make test` installs it")
        pytest.skip("Firefox is not installed; `make test` installs it")
    profile = tmp_path / "profile"
    profile.mkdir()
    command = [program, "--headless", "--no-remote", "--profile", str(profile),
               "--remote-debugging-port", "0"]  # fmt: skip
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        found = (re.search(r"BiDi listening on (ws://\S+)", line) for line in process.stderr)
        address = next(match[1] for match in found if match)
        with connect(f"{address}/session") as socket:
            yield Firefox(socket)
        process.terminate()


def test_the_ring_map_opens_in_firefox(firefox: Firefox, tmp_path: Path) -> None:
    """Ring and routes are drawn, the script is content, and the page asks for nothing."""
    page = tmp_path / "map.html"
    assert CliRunner().invoke(main, ["map", str(SAMPLE), "-o", str(page)]).exit_code == 0

    firefox.open(page)
    drawn = firefox.ask("window.ringmap.drawn()")

    assert drawn["parties"] > 100
    assert drawn["ties"] > 200
    assert drawn["legs"] > 20
    assert drawn["labels"] > 5
    of_page = [
        event["params"]["request"]["url"]
        for event in firefox.events
        if event["method"] == "network.beforeRequestSent"
        and event["params"]["context"] == firefox.context
    ]
    assert [url for url in of_page if not url.startswith(("file:", "about:", "data:"))] == []
    errors = [
        event["params"]["text"]
        for event in firefox.events
        if event["method"] == "log.entryAdded" and event["params"]["level"] == "error"
    ]
    assert errors == []
