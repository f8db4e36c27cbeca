"""What is installed: everything pinned by its hashes, under licences that the project can use.

No network is needed: what a package says of itself is installed with it.
"""

import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCKS = Path(__file__).parents[2] / "requirements"
# All of them may be used in, and next to, a program under the MIT licence.
RUNNING = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "HPND", "ISC", "MIT", "MIT-0"),
    *("MIT-CMU", "PSF-2.0", "Zlib"),
    *("LGPL-3.0-only", "MPL-2.0"),  # as libraries, unchanged
    "OFL-1.1",  # fonts
}
# Tools that are not handed on, and whose licences say nothing of what is made with them
DEVELOPING = RUNNING | {"Artistic", "CNRI-Python", "GPL-3.0-or-later", "ZPL-2.1"}
# What older packages write in the place of an SPDX identifier
MEANT = {
    "Apache License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Those whose metadata name none: as the file LICENSE beside their code has it
UNNAMED = {"axe-playwright-python": "MIT", "django-zeal": "MIT", "resvg-py": "MIT"}


def pinned(lock: str) -> dict[Requirement, str]:
    """What the lock pins for this machine, and the lines below it with its hashes."""
    blocks = re.findall(r"^(\S.*?)((?:\n .*)*)$", (LOCKS / lock).read_text(), re.MULTILINE)
    found = {Requirement(line.rstrip(" \\")): hashes for line, hashes in blocks if line[0] != "#"}
    return {
        each: hashes
        for each, hashes in found.items()
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }


def choices(package: PackageMetadata) -> list[set[str]]:
    """The sets of licences of which one may choose one; all of a set have to fit."""
    classifiers = [each.split(" :: ") for each in package.get_all("Classifier", [])]
    named = [each[-1] for each in classifiers if each[0] == "License" and len(each) > 2]
    expression = package.get("License-Expression")
    if not expression and named:
        return [{MEANT.get(name, name)} for name in named]
    expression = (expression or package.get("License") or "").replace("(", "").replace(")", "")
    return [
        {MEANT.get(name, name) for name in choice.split(" AND ")}
        for choice in expression.split(" OR ")
    ]


@pytest.mark.parametrize(("lock", "allowed"), [("s3.txt", RUNNING), ("dev.txt", DEVELOPING)])
def test_every_licence_is_one_of_those_that_fit(lock, allowed):
    packages = {each.name: metadata(each.name) for each in pinned(lock)}

    offered = {
        name: [{UNNAMED[name]}] if name in UNNAMED else choices(package)
        for name, package in packages.items()
    }
    unfit = {
        name: found
        for name, found in offered.items()
        if not any(choice <= allowed for choice in found)
    }
    assert len(packages) > 30
    assert unfit == {}


@pytest.mark.parametrize("lock", ["base.txt", "s3.txt", "dev.txt"])
def test_everything_is_pinned_to_a_version_and_its_hashes(lock):
    for requirement, hashes in pinned(lock).items():
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", hashes), requirement


def test_pictures_in_a_bucket_only_add_to_the_lock():
    base, more = ({str(each) for each in pinned(lock)} for lock in ("base.txt", "s3.txt"))

    assert base < more


def test_what_is_installed_is_what_is_pinned():
    wrong = {
        each.name: metadata(each.name)["Version"]
        for each in pinned("dev.txt")
        if not each.specifier.contains(metadata(each.name)["Version"], prereleases=True)
    }

    assert wrong == {}
