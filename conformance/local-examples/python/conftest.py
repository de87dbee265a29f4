"""A local Function Compute for all tests."""

import json
import subprocess

import pytest

FUNCTIONS = ["small=exec:tr A-Z a-z", "capitals=start:python3 ../server.py", "flaky=script:../flaky.json"]


@pytest.fixture(scope="session")
def function_compute():
    options = [word for function in FUNCTIONS for word in ("--function", function)]
    command = ["fcgate", "serve", "--ready-json", "--until-stdin-closes", "--control", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield json.loads(server.stdout.readline())
    assert server.returncode != 1, "a request was wrong: the log says why"
