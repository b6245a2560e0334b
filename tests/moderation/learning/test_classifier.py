"""The classifier and the toxicity hint on labelled texts: a small set that ships, and the large ones where they are."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation.learning.classifier import train
from moderation.learning.features import features, named
from moderation.learning.labelled import Columns, read
from moderation.learning.measuring import Quality, best_cut, quality, trained
from moderation.learning.toxicity import CUT, strongest, toxicity
from tests.real_data import ROOT, needs

SAMPLE = Path("moderation/learning/data/spam_sample.tsv")
VIDEOS, TWEETS = ROOT / "spam_youtube", ROOT / "toxicity_davidson" / "labeled_data.csv.gz"
QUESTIONS = ROOT / "trend_sumo" / "2022-01-01_2022-01-31.jsonl.gz"


def figures(command: str, *arguments: object, **options: object) -> list[dict[str, float]]:
    """What a command printed, a row a line."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    rows = []
    for line in out.getvalue().splitlines():
        parts = line.replace(",", " ").split()
        rows.append({name: float(parts[parts.index(name) + 1]) for name in ("precision", "recall", "F1")})
    return rows


def test_half_of_the_small_set_teaches_enough_for_the_other_half():
    (row,) = figures("evaluate_spam", SAMPLE)
    assert row["precision"] >= 0.88
    assert row["F1"] >= 0.68


@needs(VIDEOS)
@pytest.mark.parametrize("seed", [1, 2])
def test_half_of_a_real_set_teaches_enough_for_the_other_half(seed):
    rows = figures("evaluate_spam", *sorted(VIDEOS.glob("*.gz")), seed=seed)
    assert rows[-1]["precision"] >= 0.88
    assert rows[-1]["F1"] >= 0.68


@needs(TWEETS)
@needs(QUESTIONS)
def test_the_toxicity_hint_on_labelled_tweets_and_on_support_questions():
    (row,) = figures("evaluate_toxicity", TWEETS)
    assert row["F1"] >= 0.70
    questions = read([QUESTIONS], Columns(label="topic"))
    alarms = sum(toxicity(text) >= CUT for text, _label in questions)
    assert alarms / len(questions) <= 0.01


def test_an_insult_is_told_from_a_question_and_explained():
    assert toxicity("Only an idiot buys from these people twice, you moron") >= CUT
    assert "idiot" in strongest("Only an idiot buys from these people twice")
    for decent in ("The update stops at 67 percent, what can I do?", "How do I kill the process?", "Damp socks hurt."):
        assert toxicity(decent) < 0.5
    assert toxicity("") < CUT
    assert toxicity("Die App braucht man für zwei Einstellungen, und dann will sie den Standort wissen.") == 0


def test_the_classifier_says_which_words_spoke_for_spam():
    model = train(read([SAMPLE], Columns()))
    words = model.strongest("Check out my channel and subscribe: http://spam.example/x")
    assert {"check out", "check", "subscribe", "[link]", "my channel", "channel"} & set(words)
    assert not any(word.startswith("~") for word in words)


def test_the_same_examples_give_the_same_weights():
    rows = read([SAMPLE], Columns())
    assert train(rows) == train(rows)


def test_what_a_text_shows_has_names_that_can_be_read():
    found = set(named("CALL NOW ON THE HELP LINE +1 (805) 200-1234 or www.Cheap.example/x for $5, mail a@b.example"))
    assert {"[telephone number]", "[link]", "[link cheap.example]", "[price]", "[e-mail address]"} <= found
    assert abs(sum(value * value for value in features("one two three").values()) - 1) < 1e-9
    assert features("") == {"[short]": 1.0}


def test_the_cut_keeps_false_alarms_rare():
    scored = [(0.9, True)] * 8 + [(0.6, False)] * 4 + [(0.55, True)] * 2
    cut = best_cut(scored)
    assert quality(scored, cut) == Quality(right=8, wrong=0, missed=2)
    assert Quality(0, 0, 3).f1 == 0


def test_files_are_read_in_each_of_their_shapes(tmp_path):
    shapes = {
        "a.csv": "tweet,class,hate_speech\nyou,0,3\nthey,2,0\n",
        "b.jsonl": '{"title": "Buy", "body": "now", "label": true}\n{"body": "Help", "label": 0}\n',
        "c.txt": "spam\tBuy\nham\tHelp\n",
        "d.tsv": "text\tlabel\nBuy\tspam\nHelp\tham\n",
    }
    for name, text in shapes.items():
        (tmp_path / name).write_text(text)
        assert [is_so for _text, is_so in read([tmp_path / name], Columns())] == [True, False], name
    assert read([tmp_path / "b.jsonl"], Columns())[0][0] == "Buy\nnow"


def test_a_file_without_labels_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("words,mark\nBuy,1\n")
    with pytest.raises(CommandError, match="which column"):
        call_command("evaluate_spam", str(tmp_path / "a.csv"))
    assert figures("evaluate_toxicity", tmp_path / "a.csv", text="words", label="mark")
    with pytest.raises(CommandError, match="both kinds"):
        call_command("evaluate_spam", str(tmp_path / "a.csv"), text="words", label="mark")


def test_all_trained_parts_fit():
    model, cut, found = trained(read([SAMPLE], Columns()))
    assert 0 < cut < 1
    assert found.precision > 0.8
    assert model.score("Check out my channel") > model.score("I love this song")
