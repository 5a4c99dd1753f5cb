"""Units of measure after a number: which quantity they measure, and how much of its base unit. Pure."""

import re
from dataclasses import dataclass

# One line a unit: its forms as a pattern, the quantity, the factor to the base unit, what is added first.
_TABLE = """
mm|millimet(?:er|re)s?                                     | length | 0.001
cm|centimet(?:er|re)s?                                     | length | 0.01
met(?:er|re)s?|Meter[ns]?|mètres?|metros?                  | length | 1
km|kilomet(?:er|re)s?|Kilometer[ns]?|kilomètres?|kilómetros? | length | 1000
inch(?:es)?                                                | length | 0.0254
ft|foot|feet                                               | length | 0.3048
yards?                                                     | length | 0.9144
mi|miles?                                                  | length | 1609.344
kg|kilograms?|kilogrammes?|kilos?                          | mass | 1
tons?|tonnes?|Tonnen?                                      | mass | 1000
lbs?                                                       | mass | 0.45359237
oz|ounces?                                                 | mass | 0.028349523
m²|sq\\.? ?m|square met(?:er|re)s?                         | area | 1
km²|sq\\.? ?km|square kilomet(?:er|re)s?                   | area | 1000000
ha|hectares?|Hektar                                        | area | 10000
acres?                                                     | area | 4046.8564224
sq\\.? ?ft|square f(?:oo|ee)t                              | area | 0.09290304
sq\\.? ?mi|square miles?                                   | area | 2589988.110336
km/h|kph|kilomet(?:er|re)s (?:per|an) hour                 | speed | 1
mph|miles (?:per|an) hour                                  | speed | 1.609344
knots?                                                     | speed | 1.852
°\\s?C|degrees? Celsius|Celsius                            | temperature | 1
°\\s?F|degrees? Fahrenheit|Fahrenheit                      | temperature | 0.5555555556 | -32
kW|kilowatts?                                              | power | 1
MW|megawatts?                                              | power | 1000
GW|gigawatts?                                              | power | 1000000
kWh|kilowatt[- ]hours?                                     | energy | 1
MWh|megawatt[- ]hours?                                     | energy | 1000
GWh|gigawatt[- ]hours?                                     | energy | 1000000
lit(?:er|re)s?                                             | volume | 1
gallons?                                                   | volume | 3.785411784
barrels?                                                   | volume | 158.987294928
seconds?                                                   | time | 1
min|minutes?                                               | time | 60
hours?                                                     | time | 3600
days?                                                      | time | 86400
weeks?                                                     | time | 604800
months?                                                    | months | 1
years?                                                     | months | 12
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures; ``factor`` of it make the base unit, after ``offset`` was added."""

    quantity: str
    factor: float
    offset: float = 0.0

    def base(self, value: float) -> float:
        """A value in the base unit of its quantity."""
        return (value + self.offset) * self.factor


def _row(line: str) -> tuple[str, Unit]:
    # A form has bars of its own, without blanks beside them.
    forms, quantity, *numbers = re.split(r"\s+\|\s+", line.strip())
    return forms, Unit(quantity, *map(float, numbers))


_UNITS = dict(map(_row, _TABLE.strip().splitlines()))
_BY_GROUP = dict(enumerate(_UNITS.values(), start=1))
METRE = Unit("length", 1)
# Longest first is not needed: a form ends where a word does. The case counts: 5 MW, but no "5 mw".
_AFTER = re.compile(r"[\s\u00a0-]?(?:" + "|".join(f"({forms})" for forms in _UNITS) + r")(?![\w²/])")


def after(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit that stands at a place, and where it ends."""
    match = _AFTER.match(text, at)
    return (_BY_GROUP[match.lastindex], match.end()) if match and match.lastindex else None
