"""Real Word files are read with the very words an independent reader finds in them."""

import subprocess
import sys
import time

import pytest

from tests.contracts.docx.corpus import DATA, ROOT, corpus
from tests.contracts.docx.independent import words
from tests.contracts.docx.known import DIFFERENT, DIFFERENT_FROM_WORD, LEAST_READ, REFUSED
from zabota.contracts.docx.read import Refused, read
from zabota.contracts.text.json import document_from_json, document_to_json
from zabota.contracts.text.words import plain_text

SECONDS = 5
MEGABYTES = 500


def ours(data: bytes, revisions="accept") -> str:
    document = read(data, revisions=revisions).document
    return " ".join(plain_text(document, computed=False).split())


def test_words_equal_the_independent_readers():
    files, refused, different, slow = corpus(), {}, [], {}
    for file in files:
        data, begun = file.read_bytes(), time.monotonic()
        try:
            same = ours(data) == words(data)
        except Refused as refusal:
            refused[file.name] = refusal.code
            continue
        if not same:
            different.append(file.name)
        if (took := time.monotonic() - begun) > SECONDS:
            slow[file.name] = took
    read_well = len(files) - len(refused) - len(different)
    print(f"{len(files)} files: {read_well} equal, refused {refused}, different {different}")
    assert not slow
    assert refused == REFUSED
    assert different == sorted(DIFFERENT)
    assert read_well >= min(LEAST_READ, len(files))


def test_words_equal_the_independent_readers_with_changes_rejected():
    different = [
        file.name
        for file in corpus()
        if ours(file.read_bytes(), "reject") != words(file.read_bytes(), accept=False)
    ]
    assert different == []


@pytest.mark.parametrize("decided", ["Accepted", "Rejected"])
def test_tracked_changes_settle_as_word_settles_them(decided):
    corpus()
    settled = sorted((DATA / "revisions").glob(f"*-{decided}.docx"))
    pairs = [(file.with_name(file.name.replace(f"-{decided}", "")), file) for file in settled]
    pairs = [(tracked, by_word) for tracked, by_word in pairs if tracked.exists()]
    different = [
        tracked.name
        for tracked, by_word in pairs
        if ours(tracked.read_bytes(), decided.lower().removesuffix("ed"))
        != words(by_word.read_bytes())
    ]
    print(f"{len(pairs)} pairs {decided}, different: {different}")
    assert len(pairs) > 20
    assert different == sorted(DIFFERENT_FROM_WORD)


def test_a_form_with_tracked_changes_is_refused_and_says_whose():
    refused = []
    for file in corpus():
        try:
            read(file.read_bytes())
        except Refused as refusal:
            assert refusal.code == "tracked_changes"
            assert refusal.params["count"]
            refused.append(file.name)
    assert "RP002-Deleted-Text.docx" in refused
    assert "RP002-Deleted-Text-Accepted.docx" not in refused


def test_trees_of_real_files_survive_json():
    for file in corpus():
        document = read(file.read_bytes(), revisions="accept").document
        assert document_from_json(document_to_json(document)) == document


def test_memory_stays_small():
    corpus()
    code = (
        "import sys, pathlib, re; sys.path.insert(0, 'src');"
        "from zabota.contracts.docx.read import read;"
        f"files = pathlib.Path({str(DATA)!r}).rglob('*.docx');"
        "[read(file.read_bytes(), revisions='accept') for file in files];"
        # Its own peak: what getrusage tells is at least that of whoever started it.
        "status = pathlib.Path('/proc/self/status').read_text();"
        "print(int(re.search(r'VmHWM:\\s*(\\d+)', status)[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MEGABYTES
