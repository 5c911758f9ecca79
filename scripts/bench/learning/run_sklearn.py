"""scikit-learn over TF-IDF of word 1-2-grams and char_wb 2-5-grams: `run_sklearn.py task.json svc|logistic`."""
import json
import pickle
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

PASSES = 3
ENOUGH_SECONDS = 2


def new_pipeline():
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    # C = 30: at scikit-learn's 1 the loss of so many classes over unit rows is regularised to worse figures.
    solver = LinearSVC() if sys.argv[2] == "svc" else LogisticRegression(C=30, max_iter=1000)
    return make_pipeline(make_union(words, characters), solver)


def scores_of(pipeline, texts, positive):
    column = list(pipeline.classes_).index(positive)
    if sys.argv[2] == "logistic":
        return pipeline.predict_proba(texts)[:, column].tolist()
    towards_second = pipeline.decision_function(texts)
    return (towards_second if column == 1 else -towards_second).tolist()


def answer(task):
    for fold in task["folds"]:
        texts = [row["text"] for row in fold["train"]]
        pipeline = new_pipeline()
        start = time.perf_counter()
        pipeline.fit(texts, [row["label"] for row in fold["train"]])
        fit_seconds = time.perf_counter() - start
        test = [row["text"] for row in fold["test"]]
        best, total, passes = float("inf"), 0.0, 0
        while passes < PASSES and total < ENOUGH_SECONDS:
            start = time.perf_counter()
            labels = pipeline.predict(test)
            seconds = time.perf_counter() - start
            best, total, passes = min(best, seconds), total + seconds, passes + 1
        verdicts = [{"label": str(label)} for label in labels]
        if task.get("positive"):
            for verdict, score in zip(verdicts, scores_of(pipeline, test, task["positive"])):
                verdict["score"] = score
        yield {
            "fitSeconds": fit_seconds,
            "classifySeconds": best,
            "bytes": len(pickle.dumps(pipeline)),
            "verdicts": verdicts,
        }


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps(list(answer(json.load(file)))))
