"""What an author writes becomes the steps and blocks that were meant."""

import pytest

from app.content import Fact, Film, Help, Image, Local, Module, Prose, Reflection, Survey, parse
from tests.content.texts import FIRST, QUESTION, SCENARIO, read, text


def only(module: Module, kind: type) -> object:
    found = [block for step in module.steps for block in step.blocks if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def test_a_heading_begins_a_step():
    module = parse(text(QUESTION) + "\n## Sedan då? {#sedan}\n\nHej.\n")
    assert [(step.id, step.title) for step in module.steps] == [("steget", "Steget"), ("sedan", "Sedan då?")]


def test_front_matter_is_kept_as_written():
    module = read(QUESTION, title="no", content_note="12:30", retake="true", retired="[gammalt]")
    assert (module.title, module.content_note, module.retake, module.retired) == (
        "no",
        "12:30",
        True,
        ("gammalt",),
    )
    assert (module.id, module.version, module.minutes, module.reviewed) == ("prov", 1, 5, None)


def test_a_review_has_a_name_and_two_days():
    review = read(QUESTION, reviewed="{by: Aino Berg, on: 2026-11-01, until: 2027-11-01}").reviewed
    assert review
    assert (review.by, review.on.isoformat(), review.until.isoformat()) == (
        "Aino Berg",
        "2026-11-01",
        "2027-11-01",
    )


def test_a_question_has_its_options_with_feedback():
    question = read(QUESTION).steps[0].question
    assert question
    assert question.prompt == "<p>Vad gör du?</p>"
    assert [(option.html, option.right, option.feedback) for option in question.options] == [
        ("Frågar", True, "<p>Ja, det hjälper.</p>"),
        ("Går hem", False, "<p>Du får stanna.</p>"),
    ]
    assert not question.multiple
    assert (question.line, question.options[0].line) == (FIRST, FIRST + 3)


def test_more_than_one_right_answer_makes_it_multiple():
    question = read(QUESTION.replace("[ ]", "[X]")).steps[0].question
    assert question
    assert question.multiple


@pytest.mark.parametrize(
    "written",
    [
        QUESTION.replace("- [", "* ["),
        QUESTION.replace("- [ ]", "* [ ]"),
        QUESTION.replace("  >", "\t>"),
        QUESTION.replace("  >", "   >"),
        QUESTION.replace("- [ ]", "\n- [ ]"),
        QUESTION.replace("::: question", ":::question"),
        QUESTION.replace("::: question", "::::  question ").replace(":::\n", "::::\n"),
        QUESTION.replace("\n", "\r\n"),
        QUESTION.replace("\n", "\r"),
    ],
    ids=["stars", "mixed", "tab", "three", "loose", "no space", "four colons", "crlf", "cr"],
)
def test_a_question_is_the_same_however_it_was_typed(written):
    question = read(written).steps[0].question
    assert question
    assert [(option.html, option.right, option.feedback) for option in question.options] == [
        ("Frågar", True, "<p>Ja, det hjälper.</p>"),
        ("Går hem", False, "<p>Du får stanna.</p>"),
    ]


def test_letters_typed_on_a_mac_are_the_same_letters():
    assert read("Fo\u0308r a\u030aret.", QUESTION).steps[0].blocks[0].html == "<p>För året.</p>"


def test_a_byte_order_mark_does_not_hide_the_front_matter():
    assert parse("\ufeff" + text(QUESTION)).id == "prov"


def test_a_scenario_is_a_walk_from_the_first_place_to_an_end():
    scenario = read(SCENARIO).steps[0].scenario
    assert scenario
    assert [(place.id, place.title, place.tone, place.is_end) for place in scenario.places] == [
        ("rummet", "Rummet", None, False),
        ("sagt", "Det är sagt", "good", True),
        ("vantat", "Efteråt", "unsure", False),
    ]
    start = scenario.place("rummet")
    assert start
    assert start.blocks == (Prose("<p>Alla tystnar.</p>", FIRST + 2),)
    assert [(choice.html, choice.target) for choice in start.choices] == [
        ("Säg något", "sagt"),
        ("Vänta", "vantat"),
    ]
    assert scenario.place("borta") is None


def test_a_place_can_have_a_picture():
    module = read(SCENARIO.replace("Alla tystnar.", "Alla tystnar.\n\n![Ett rum](media/rum.svg)"))
    assert [image.src for image in module.images] == ["media/rum.svg"]


def test_an_image_has_a_description_and_may_have_a_caption():
    module = read('![En kopp](media/kopp.svg "Kaffe")\n', "![-](media/rand.png)\n", QUESTION)
    assert module.images == (
        Image("media/kopp.svg", "En kopp", "Kaffe", FIRST),
        Image("media/rand.png", "", "", FIRST + 2),
    )


def test_a_fact_has_its_source_apart():
    fact = only(
        read("::: fact\n85 av 100.\nKälla: [Brå](https://bra.se/a), [NCK](https://nck.se)\n:::\n", QUESTION), Fact
    )
    assert isinstance(fact, Fact)
    assert fact.html == "<p>85 av 100.</p>"
    assert fact.sources == (("Brå", "https://bra.se/a"), ("NCK", "https://nck.se"))
    assert fact.source.startswith('Källa: <a href="https://bra.se/a" rel="noreferrer">Brå</a>')


def test_a_source_in_another_language_is_a_source():
    fact = only(read("::: fact\n85 %.\n\nالمصدر: [Brå](https://bra.se)\n:::\n", QUESTION), Fact)
    assert isinstance(fact, Fact)
    assert (fact.html, fact.sources) == ("<p>85 %.</p>", (("Brå", "https://bra.se"),))


def test_the_plain_blocks_are_read():
    module = read(
        "::: reflection\nVad tänker du?\n:::\n",
        "::: film tyst\nEn hand på en axel.\n:::\n",
        "::: local rutin\nPrata med din chef.\n:::\n",
        QUESTION,
    )
    assert only(module, Reflection) == Reflection("<p>Vad tänker du?</p>", FIRST)
    assert only(module, Film) == Film("tyst", "<p>En hand på en axel.</p>", FIRST + 4)
    assert only(module, Local) == Local("rutin", "<p>Prata med din chef.</p>", FIRST + 8)


def test_help_needs_no_words_of_its_own():
    help = only(read(QUESTION), Help)
    assert isinstance(help, Help)
    assert (help.keys, help.html) == (("akut",), "")


def test_a_survey_is_understood():
    survey = "## Enkät {#enkat}\n\n::: survey fore\nHur vanligt är det?\n\n- Vanligt\n- Ovanligt\n:::\n"
    module = parse(text(QUESTION) + "\n" + survey)
    assert module.surveys == (Survey("fore", "<p>Hur vanligt är det?</p>", ("Vanligt", "Ovanligt"), 25),)


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("[Stop]{lang=en}", '<p><span lang="en">Stop</span></p>'),
        ("[سلام]{lang=ar dir=rtl}", '<p><span lang="ar" dir="rtl">سلام</span></p>'),
        ("[Ring](tel:112)", '<p><a href="tel:112" rel="noreferrer">Ring</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("### Mer\n\nHej", "<h3>Mer</h3>\n<p>Hej</p>"),
        ("**a** ~~b~~", "<p><strong>a</strong> <s>b</s></p>"),
    ],
)
def test_running_text_is_ordinary_markdown(written, html):
    assert read(written, QUESTION).steps[0].blocks[0].html == html


def test_a_language_can_stand_in_options_and_choices():
    question = read(QUESTION.replace("Frågar", "[Stop it]{lang=en}")).steps[0].question
    scenario = read(SCENARIO.replace("[Vänta]", "[[Wait]{lang=en}]")).steps[0].scenario
    assert question
    assert scenario
    assert question.options[0].html == '<span lang="en">Stop it</span>'
    assert scenario.places[0].choices[1].html == '<span lang="en">Wait</span>'


def test_a_table_has_no_inline_style():
    html = read("| a | b |\n|:-:|--:|\n| 1 | 2 |", QUESTION).steps[0].blocks[0].html
    assert "<td>1</td>" in html
    assert "style" not in html


def test_a_translation_has_the_version_of_its_source():
    module = read(QUESTION, version="", translated_from="3")
    assert (module.version, module.translated_from) == (3, 3)
