"""The course dialect: Markdown in, steps out. Pure: it knows neither the web nor the database."""

from .blocks import (
    Block,
    Choice,
    Course,
    Fact,
    Film,
    Help,
    Image,
    Local,
    Module,
    ModuleSet,
    Option,
    Place,
    Prose,
    Question,
    Reflection,
    Review,
    Scenario,
    Step,
    Survey,
    Text,
)
from .courses import check, load
from .faults import Broken, Fault
from .helplines import HelpLine, help_lines
from .parsing import parse, passage

__all__ = [
    "Block",
    "Broken",
    "Choice",
    "Course",
    "Fact",
    "Fault",
    "Film",
    "Help",
    "HelpLine",
    "Image",
    "Local",
    "Module",
    "ModuleSet",
    "Option",
    "Place",
    "Prose",
    "Question",
    "Reflection",
    "Review",
    "Scenario",
    "Step",
    "Survey",
    "Text",
    "check",
    "help_lines",
    "load",
    "parse", "passage",
]
