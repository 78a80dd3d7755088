"""Words of the panels behind the marks and of the cards; `{day}` and the like are filled in by the script."""

from lib.core.words import dates
from lib.screen.i18n import _, number


def words() -> dict:
    return {"panel": _panel(), "card": _card()}


def _panel() -> dict:
    return {
        "decimal": number(0.5, 1)[1],
        "who": _("Who?"),
        "someone": _("Someone else: name and year of birth"),
        "someone_example": "Nguyễn Văn Tư 1984",
        "someone_else": _("Someone else, e.g. {example}").format(example="Nguyễn Văn Tư 1984"),
        "unnamed": _("person not named yet"),
        "unsaid": _("not specified yet"),
        "symptoms": _("Which symptoms?"),
        "since": _("Since"),
        "since_day": _("since {day}"),
        "temperature": _("Temperature (°C)"),
        "temperature_example": number(37.8, 1),
        "arrival": _("Type of arrival"),
        "province": _("From which province?"),
        "province_example": _("a few letters, e.g. hcm"),
        "from_province": _("from {province}"),
        "arrived_on": _("In the area since"),
        "here_since": _("in the area since {day}"),
        "note": _("Note"),
        "needs": _("What is needed?"),
        "violations": _("Which rule was broken?"),
        "another": _("Another person"),
        "leave_out": _("Remove this person"),
        "keep": _("Keep"),
        "remove": _("Remove mark"),
        "delete_key": "Del",
        "faults": _faults(),
    }


def _faults() -> dict:
    return {
        "nobody": _("Say who this person is."),
        "nothing": _("Choose a symptom or write a temperature."),
        "bad_name": _("Write a name with letters, for example Nguyễn Văn Tư 1984."),
        "bad_year": _("Write the year of birth with four digits, from {least} to {most}."),
        **{name: _(sentence) for name, sentence in dates.FAULTS.items()},
        "future": _(dates.FAULTS["late"]),  # the last day is that of the sheet, which may be another than today
        "bad_temperature": _("Write degrees from 34 to 42, for example {example}.").format(example=number(37.8, 1)),
        "no_province": _("Choose a province from the list."),
        "unmet": _(
            "A symptom, temperature or guest cannot be recorded with “{answer}”. How was the household reached?"
        ),
    }


def _card() -> dict:
    return {
        "list": _("List"),
        "cards": _("One by one"),
        "views": _("View"),
        "of": _("{n} of {all}"),
        "number": _("No. {number}"),
        "back": _("Previous"),
        "on": _("Next"),
        "noted": _("{name}: {answer}"),
        "undo": _("Undo"),
        "call": _("Call {phone}"),
        "end": _("{done} of {due} households"),
        "end_left": _("Still to visit: {left}"),
        "to_left": _("Go to the next household not visited"),
        "to_list": _("Show the list"),
    }
