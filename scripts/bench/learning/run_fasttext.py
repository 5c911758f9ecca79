"""fastText by its Python module: `run_fasttext.py task.json`; where there is no `fasttext` command."""
import json
import math
import os
import re
import sys
import tempfile
import time

import fasttext

PASSES = 3
ENOUGH_SECONDS = 2
# As in fasttext-text.mjs.
def options(words):
    epochs = min(1000, max(50, math.ceil(6_000_000 / words)))
    same = dict(lr=0.5, wordNgrams=2, minn=2, maxn=5, dim=100, bucket=200_000, loss="softmax", thread=1, verbose=0)
    return same | {"epoch": epochs}


def line(text):
    return " ".join(re.sub(r"([.!?,'/()])", r" \1 ", text.lower()).split())


def answer(task, folder):
    for fold in task["folds"]:
        labels = list(dict.fromkeys(row["label"] for row in fold["train"]))
        examples = os.path.join(folder, "train.txt")
        start, words = time.perf_counter(), 0
        with open(examples, "w", encoding="utf-8") as file:
            for row in fold["train"]:
                prepared = line(row["text"])
                words += len(prepared.split())
                file.write(f"__label__{labels.index(row['label'])} {prepared}\n")
        model = fasttext.train_supervised(examples, **options(words))
        fit_seconds = time.perf_counter() - start
        k = len(labels) if task.get("positive") else 1
        best, total, passes = float("inf"), 0.0, 0
        while passes < PASSES and total < ENOUGH_SECONDS:
            start = time.perf_counter()
            # Below the module's predict(), whose last line NumPy 2 no longer allows.
            found = [model.f.predict(line(row["text"]) + "\n", k, 0.0, "strict") for row in fold["test"]]
            seconds = time.perf_counter() - start
            best, total, passes = min(best, seconds), total + seconds, passes + 1
        saved = os.path.join(folder, "model.bin")
        model.save_model(saved)
        yield {
            "fitSeconds": fit_seconds,
            "classifySeconds": best,
            "bytes": os.path.getsize(saved),
            "verdicts": [verdict(row, labels, task.get("positive")) for row in found],
        }


def verdict(found, labels, positive):
    known = [(labels[int(name.removeprefix("__label__"))], chance) for chance, name in found]
    said = {"label": known[0][0] if known else ""}
    return said | {"score": dict(known).get(positive, 0.0)} if positive else said


with tempfile.TemporaryDirectory() as folder, open(sys.argv[1], encoding="utf-8") as task_file:
    print(json.dumps(list(answer(json.load(task_file), folder))))
