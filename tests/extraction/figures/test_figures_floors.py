"""Scores that must not fall: the sentences of this project, and NewsQuant where present."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "figures"


def load(name):
    """A benchmark as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("held_back", "floors"),
    [
        (False, {"span": 99, "value": 99, "value+unit": 98, "value+measure": 97}),
        (True, {"span": 98, "value": 98, "value+unit": 98, "value+measure": 94}),
    ],
)
def test_sentences_written_for_this_project(held_back, floors):
    """Both parts of `benchmarks/figures.txt` keep their F1."""
    benchmark = load("figures")
    sentences = benchmark.read_sentences()
    assert len(sentences) >= 300
    part = [pair for number, pair in enumerate(sentences) if (number % 3 == 2) is held_back]
    scores = benchmark.score(part, errors=False)
    assert {row: scores[row] for row, floor in floors.items() if scores[row] < floor} == {}


def test_newsquant(tmp_path):
    """F1 on the NewsQuant sentences keeps the published level of CQE or better."""
    gold, scorer = SHARED / "newsquant_dev.json", SHARED / "score_figures.py"
    if not gold.exists() or not scorer.exists():
        pytest.skip("the NewsQuant sentences are not part of this project (no licence)")
    benchmark = load("newsquant")
    predictions = tmp_path / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as file:
        for entry in json.loads(gold.read_text(encoding="utf-8")):
            text = entry["text"]
            quantities = benchmark.merged(benchmark.find_numbers(text), text)
            file.write(json.dumps({"text": text, "quantities": quantities}) + "\n")
    command = [sys.executable, str(scorer), str(gold), str(predictions), "--json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    floors = {"value": 95, "value+unit": 87, "value+change": 89, "value+concept%": 50}
    low = {row: scores[row]["F1"] for row, floor in floors.items() if scores[row]["F1"] < floor}
    assert low == {}
