"""Files that would crash or hold up a server are refused before anything is made of them."""

import subprocess
import sys
import time

import pytest
import yaml

from exercises.files.safe_yaml import MAX_DEPTH, load

BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])
# A server's thread has less stack than a test has.
IN_A_THREAD = """
import sys, threading, yaml
from exercises.files.safe_yaml import load

def read():
    try:
        load(sys.stdin.read())
    except yaml.YAMLError as error:
        print(error)

threading.stack_size(256 * 1024)
thread = threading.Thread(target=read)
thread.start()
thread.join()
"""


class TestLoad:
    @pytest.mark.parametrize(
        "text", ["a: [1, 2.5, yes, null, 2024-02-29]", "- x\n- {y: 'z'}", "", "&a b"]
    )
    def test_reads_what_others_read(self, text):
        assert load(text) == yaml.safe_load(text)

    def test_takes_the_depth_that_it_says(self):
        assert load("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 10_000,
            "[" * 1_000_000,
            "{a: " * 10_000,
            "- " * 10_000,
            "? " * 10_000,
            "\n".join(" " * n + "a:" for n in range(1000)),
            "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
        ],
        ids=["list", "long list", "map", "dashes", "keys", "indented", "just too deep"],
    )
    def test_refuses_deep_nesting_in_a_small_stack(self, text):
        command = [sys.executable, "-c", IN_A_THREAD]

        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)

        assert done.returncode == 0
        assert f"nested more than {MAX_DEPTH} deep, line" in done.stdout

    @pytest.mark.parametrize("text", [BOMB, "a: &a [*a]", "- &a {x: y}\n- <<: *a"])
    def test_refuses_references_within_the_file(self, text):
        with pytest.raises(yaml.YAMLError, match=r"references such as \*a\d* are not taken, line"):
            load(text)

    @pytest.mark.parametrize(
        "text",
        [
            "9" * 900_000,
            "1" + ":59" * 300_000,
            "1" + ":59" * 300_000 + ".5",
            '!!int "' + "9" * 50 + '"',
        ],
        ids=["digits", "base 60", "float of base 60", "tagged"],
    )
    def test_refuses_an_endless_number_at_once(self, text):
        began = time.perf_counter()

        with pytest.raises(yaml.YAMLError, match="more than 40 digits, line 1"):
            load(text)

        assert time.perf_counter() - began < 2

    def test_takes_a_long_text(self):
        assert load("a: " + "word " * 10_000) == {"a": ("word " * 10_000).strip()}
        assert load(f'a: "{"9" * 1000}"') == {"a": "9" * 1000}

    @pytest.mark.parametrize("text", ["!!python/object:os.system {}", "!!python/name:os.system"])
    def test_makes_no_objects(self, text):
        with pytest.raises(yaml.YAMLError):
            load(text)
