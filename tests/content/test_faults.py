"""Every fault an author can make has a line and a sentence that says what to do."""

import pytest

from app.content import Broken, Fault, parse
from tests.content.texts import FIRST, HELP, QUESTION, SCENARIO, faults, text


def without(block: str, line: str) -> str:
    assert line in block
    return block.replace(line, "", 1)


BLOCKS = {
    "no right answer": (QUESTION.replace("[x]", "[ ]"), 0, "Frågan har inget rätt svar. Skriv [x] framför"),
    "one option": (without(QUESTION, "- [ ] Går hem\n  > Du får stanna.\n"), 0, "minst två alternativ"),
    "no question": (without(QUESTION, "Vad gör du?\n"), 0, "Frågan saknas"),
    "no feedback": (without(QUESTION, "  > Ja, det hjälper.\n"), 3, "saknar återkoppling"),
    "empty feedback": (QUESTION.replace("> Ja, det hjälper.", ">"), 3, "saknar återkoppling"),
    "feedback at the margin": (QUESTION.replace("  > Du", "\n> Du"), 7, "Återkopplingen hör inte till något"),
    "feedback too deep": (QUESTION.replace("  > Ja", "        > Ja"), 3, "för långt indragen"),
    "feedback without sign": (QUESTION.replace("  > Ja", "\n  Ja"), 3, "Börja varje rad med >"),
    "no box": (QUESTION.replace("[ ] ", ""), 5, "börjar inte med [x]"),
    "odd box": (QUESTION.replace("[ ]", "[v]"), 5, "börjar inte med [x]"),
    "empty option": (QUESTION.replace(" Går hem", ""), 5, "Alternativet är tomt"),
    "text after the options": (QUESTION.replace("\n:::", "\n\nHej.\n:::"), 8, "Text efter listan"),
    "a word after question": (QUESTION.replace("question", "question nu"), 0, "ska inget mer stå"),
    "a misspelt word": (QUESTION.replace("question", "questoin"), 0, "Menade du ”question”?"),
    "an unknown word": ("::: xyz\nHej\n:::\n" + QUESTION, 0, "Det finns: question, scenario"),
    "nothing in a reflection": ("::: reflection\n:::\n" + QUESTION, 0, "är tomt"),
    "nothing in a film": ("::: film tyst\n:::\n" + QUESTION, 0, "är tomt"),
    "no film": ("::: film\nEn hand.\n:::\n" + QUESTION, 0, "ska ett namn stå"),
    "two keys": ("::: local a b\nEn hand.\n:::\n" + QUESTION, 0, "ska ett namn stå"),
    "a path as a key": ("::: film ../tyst\nEn hand.\n:::\n" + QUESTION, 0, "ska ett namn stå"),
    "help for nothing": ("::: help\n:::\n" + QUESTION, 0, "Skriv nycklarna"),
    "a fact without a source": ("::: fact\n85 av 100.\n:::\n" + QUESTION, 0, "Faktarutan saknar källa"),
    "a source without a link": ("::: fact\n85.\n\nKälla: Brå\n:::\n" + QUESTION, 0, "Faktarutan saknar källa"),
    "only a source": ("::: fact\nKälla: [a](https://b.se)\n:::\n" + QUESTION, 0, "bara en källa"),
    "a bad link in a source": ("::: fact\n8.\nKälla: [a](http://b.se)\n:::\n" + QUESTION, 2, "Skriv https://"),
    "two questions": (QUESTION + QUESTION, 8, "Börja ett nytt steg"),
    "a lone end": (QUESTION + "\n:::\n", 9, "hör till inget block"),
    "two colons": (":: question\n\n" + QUESTION, 0, "hör till inget block"),
    "a block in a list": ("- Hej\n\n  ::: fact\n  Ja\n  :::\n\n" + QUESTION, 2, "kan inte stå i en lista"),
    "indented by four": ("    Hej\n\n" + QUESTION, 0, "till kod"),
    "raw html": ("Hej <b>du</b>\n\n" + QUESTION, 0, "HTML (<b>)"),
    "a comment": ("Hej\n<!-- sedan -->\n\n" + QUESTION, 1, "HTML (<!--)"),
    "html in an option": (QUESTION.replace("Frågar", "<i>Frågar</i>"), 3, "HTML (<i>)"),
    "a script": ("[a](javascript:alert(1))\n\n" + QUESTION, 0, "Skriv https://, mailto: eller tel:"),
    "a script in capitals": ("Hej\n[a](JaVaScript:x)\n\n" + QUESTION, 1, "Skriv https://"),
    "data": ("[a](data:text/html,x)\n\n" + QUESTION, 0, "Skriv https://"),
    "plain http": ("<http://a.se>\n\n" + QUESTION, 0, "Skriv https://"),
    "a link to nowhere": ("[a]()\n\n" + QUESTION, 0, "Skriv https://"),
    "a relative link": ("[a](/hr)\n\n" + QUESTION, 0, "Skriv https://"),
    "a choice outside a scenario": ("[a](#steget)\n\n" + QUESTION, 0, "bara stå i en lista i ett scenario"),
    "a class on a span": ("[a]{.red}\n\n" + QUESTION, 0, "bara lang och dir"),
    "an event on a span": ("[a]{lang=en onclick=x}\n\n" + QUESTION, 0, "bara lang och dir"),
    "an odd language": ('[a]{lang="en gb"}\n\n' + QUESTION, 0, "ingen språkkod"),
    "an odd direction": ("[a]{lang=ar dir=up}\n\n" + QUESTION, 0, "dir är ltr eller rtl"),
    "braces after emphasis": ("*a*{lang=en}\n\n" + QUESTION, 0, "Klamrarna blir text"),
    "a picture in text": ("Se ![a](media/a.svg)\n\n" + QUESTION, 0, "Bilden står i en text"),
    "a picture in an option": (QUESTION.replace("Frågar", "![a](media/a.svg)"), 3, "Bilden står i en text"),
    "a picture without words": ("![](media/a.svg)\n\n" + QUESTION, 0, "Bilden saknar beskrivning"),
    "a picture from elsewhere": ("![a](https://a.se/a.svg)\n\n" + QUESTION, 0, "ligga i media/"),
    "a picture from above": ("![a](media/../../a.svg)\n\n" + QUESTION, 0, "ligga i media/"),
    "a heading of level one": ("# Hej\n\n" + QUESTION, 0, "Skriv ### för en underrubrik"),
    "a heading of level five": ("##### Hej\n\n" + QUESTION, 0, "Skriv ### för en underrubrik"),
    "an id on a subheading": ("### Hej {#hej}\n\n" + QUESTION, 0, "Klamrarna blir text"),
    "a step without an id": (QUESTION + "\n## Två ord\n\nHej.\n", 9, "Skriv det sist på raden: {#tva-ord}"),
    "a step with two ids": (QUESTION + "\n## A {#a #b}\n\nHej.\n", 9, "Rubriken behöver ett id"),
    "a step with an odd id": (QUESTION + "\n## A {#Två}\n\nHej.\n", 9, "Skriv {#tva}"),
    "a step with a class": (QUESTION + "\n## A {#a .good}\n\nHej.\n", 9, "Ett steg har bara ett id"),
    "a step without a title": (QUESTION + "\n## {#a}\n\nHej.\n", 9, "Rubriken är tom"),
    "an empty step": (QUESTION + "\n## A {#a}\n\n## B {#b}\n\nHej.\n", 9, "Steget är tomt"),
    "an id used twice": (QUESTION + "\n## A {#steget}\n\nHej.\n", 9, "finns redan på rad 9"),
    "a place named as a step": (SCENARIO.replace("sagt", "steget"), 7, "finns redan på rad 9"),
    "a choice to nowhere": (SCENARIO.replace("(#sagt)", "(#sakt)", 1), 4, "Menade du ”sagt”?"),
    "a choice to a step": (SCENARIO.replace("(#sagt)", "(#steget)", 1), 4, "Platsen ”steget” finns inte"),
    "a choice that is no link": (SCENARIO.replace("[Vänta](#vantat)", "Vänta"), 5, "är ett val som leder"),
    "a choice to the web": (SCENARIO.replace("#vantat)", "https://a.se)"), 5, "är ett val som leder"),
    "a place nobody reaches": (without(SCENARIO, "- [Vänta](#vantat)\n"), 9, "Ingen väg leder till ”vantat”"),
    "no end": (SCENARIO.replace("Hon andas ut.", "Hm.\n\n- [Om](#rummet)"), 0, "Scenariot har inget slut"),
    "a ring": (SCENARIO.replace("chefen](#sagt", "chefen](#vantat"), 10, "”vantat” går det inte att nå ett slut"),
    "no places": ("::: scenario\n:::\n" + QUESTION, 0, "Scenariot har ingen plats"),
    "text before a place": (SCENARIO.replace("### Rummet", "Hej.\n\n### Rummet"), 1, "Text före första platsen"),
    "two tones": (SCENARIO.replace(".good", ".good .risky"), 7, "bara en av dem"),
    "an odd tone": (SCENARIO.replace(".good", ".bad"), 7, "Efter id kan .good"),
    "text after choices": (
        SCENARIO.replace("[Vänta](#vantat)\n", "[Vänta](#vantat)\n\nHej.\n"),
        7,
        "Text efter listan",
    ),
}


@pytest.mark.parametrize(("blocks", "offset", "what"), BLOCKS.values(), ids=BLOCKS)
def test_a_fault_has_its_line_and_a_way_out(blocks, offset, what):
    found = faults(text(blocks))
    assert [line for line, said in found if what in said] == [FIRST + offset], found


@pytest.mark.parametrize("blocks", [blocks for blocks, _, _ in BLOCKS.values()], ids=BLOCKS)
def test_one_mistake_is_not_told_as_many(blocks):
    assert len(faults(text(blocks))) <= 2


FIELDS = {
    "no id": ({"id": ""}, 2, "”id” saknas"),
    "an odd id": ({"id": "Två ord"}, 2, "bindestreck"),
    "no title": ({"title": '""'}, 4, "Skriv en text"),
    "no version": ({"version": ""}, 2, "”version” saknas"),
    "version nought": ({"version": "0"}, 3, "minst 1"),
    "version in words": ({"version": "ett"}, 3, "helt tal"),
    "too many minutes": ({"minutes": "11"}, 6, "helt tal från 1 till 10"),
    "half a minute": ({"minutes": "4.5"}, 6, "helt tal från 1 till 10"),
    "minutes in hours": ({"minutes": "00:05"}, 6, "helt tal från 1 till 10"),
    "yes for true": ({"retake": "yes"}, 7, "Skriv true eller false"),
    "an unknown field": ({"minuts": "5"}, 7, "”minuts” är inget fält här. Menade du ”minutes”?"),
    "half a review": ({"reviewed": "{by: Aino, on: 2026-11-01}"}, 7, "”reviewed.until” saknas"),
    "an odd day": ({"reviewed": "{by: A, on: 1/11, until: 2027-11-01}"}, 7, "Skriv ett datum som 2026-11-22"),
    "a list of texts": ({"summary": "[a, b]"}, 5, "Skriv en text"),
    "a colon": ({"title": "Nu: på jobbet"}, 4, "inte att läsa som YAML"),
    "an open quote": ({"title": '"Nu'}, 4, "inte att läsa som YAML"),
    "an alias": ({"title": "&a Nu", "content_note": "*a"}, 7, "inte att läsa som YAML"),
    "a field twice": ({"content_note": "Nu\ntitle: Sedan"}, 8, "”title” står två gånger"),
    "a retired id": ({"retired": "[steget]"}, 10, "har tillhört ett steg"),
    "two versions": ({"translated_from": "2"}, 3, "ingen egen version"),
}


@pytest.mark.parametrize(("fields", "line", "what"), FIELDS.values(), ids=FIELDS)
def test_a_field_has_its_line_and_a_way_out(fields, line, what):
    found = faults(text(QUESTION, **fields))
    assert [at for at, said in found if what in said] == [line], found
    assert len(found) == 1


def test_front_matter_is_needed():
    assert faults("## Steget {#steget}\n\n" + QUESTION + HELP) == [
        (1, "Fälten saknas. Skriv --- på första raden, sedan id, title och de andra fälten, och --- igen.")
    ]


def test_an_unclosed_block_is_one_fault_and_the_steps_after_it_are_read():
    broken = text(QUESTION.removesuffix(":::\n")) + "\n## Sedan {#sedan}\n\nSe <b>hit</b>.\n"
    assert [line for line, _ in faults(broken)] == [FIRST, 24]
    assert "”question” är inte avslutat" in faults(broken)[0][1]


def test_an_unclosed_block_does_not_swallow_the_next_step():
    found = faults(text(QUESTION, "::: reflection\nVad tänker du?\n\n## Nästa {#nasta}\n\nHej.\n"))
    assert [(line, "före rad 23" in what) for line, what in found] == [(FIRST + 9, True)]


def test_the_last_block_can_be_unclosed_too():
    found = faults(text(QUESTION).removesuffix(":::\n"))
    assert [line for line, _ in found] == [FIRST + 9]


def test_a_block_in_a_block_is_a_fault():
    found = faults(text(SCENARIO.replace("Alla tystnar.", "::: fact\nHej.\n:::")))
    assert "”scenario” är inte avslutat" in found[0][1]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (text("Hej.\n" + HELP), "varken fråga eller scenario"),
        (text(QUESTION).replace(HELP, ""), "visar inget stöd"),
        (text(QUESTION).partition("## ")[0], "inga steg"),
    ],
)
def test_a_module_asks_something_and_shows_help(source, what):
    assert [(line, what in said) for line, said in faults(source)] == [(1, True)]


def test_text_before_the_first_step_is_refused():
    source = text(QUESTION).replace("## Steget", "Hej.\n\n## Steget")
    assert faults(source) == [(9, "Text före första steget. Skriv en rubrik ovanför: ## Rubrik {#id}.")]


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\u2028", "\x85", "\ud800", "\x1b"])
def test_a_hidden_sign_is_found(sign):
    assert [line for line, _ in faults(text(f"Hej{sign}hej", QUESTION))] == [FIRST]


def test_a_survey_stands_alone_and_has_no_right_answer():
    survey = "\n## Enkät {#enkat}\n\n::: survey\nHur?\n\n- [x] Bra\n- Illa\n:::\n\nHej.\n"
    assert [what for _, what in faults(text(QUESTION) + survey)] == [
        "I en enkät finns inget rätt svar. Ta bort [x] och [ ].",
        "Efter ”survey” ska ett namn stå (a–z, 0–9 och bindestreck).",
        "En enkät står ensam i sitt steg. Flytta det andra.",
    ]


def test_all_faults_come_at_once_from_the_top_down():
    source = text("<b>\n", QUESTION.replace("[x]", "[ ]"), "![](media/a.svg)\n", minutes="99", id="")
    lines = [line for line, _ in faults(source)]
    assert len(lines) == 5
    assert lines == sorted(lines)


def test_a_fault_reads_as_path_line_and_what_to_do():
    assert str(Fault("courses/x/y/sv.md", 14, "Så här.")) == "courses/x/y/sv.md:14: Så här."
    with pytest.raises(Broken, match=r"^sv\.md:1: Fälten saknas"):
        parse("Hej", "sv.md")
