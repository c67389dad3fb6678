"""Which pairs of source and dimension there are, why the others are not, and which ran."""
import random
import string

import dimensions  # noqa: F401 pylint: disable=unused-import
from dimension import DIMENSIONS
from sources import SOURCES


class Cell:
    def __init__(self, source, dimension):
        self.source, self.dimension = source, dimension
        self.pairs = self.hits = 0

    def pair(self, choose):
        """Two worlds of this cell; None when there are none in any form of the source."""
        start = choose.randrange(self.source.forms)
        for form in range(start, start + self.source.forms):
            made = self.dimension.make(self.source, form % self.source.forms, choose)
            if made:
                return made
        return None


def faults_of_the_table():
    """Returns what is wrong with the reasons: none where a cell is empty, one where it is not."""
    faults = []
    names = {source.name for source in SOURCES} | {source.kind for source in SOURCES}
    for dimension in DIMENSIONS:
        unknown = set(dimension.reasons) - names
        faults += [f"{dimension.name}: a reason for {name}, which there is not" for name in unknown]
        for source in SOURCES:
            pair = None if dimension.reason(source) else Cell(source, dimension).pair(random.Random(0))
            if not pair and not dimension.reason(source):
                faults.append(f"{source.name} × {dimension.name}: empty without a reason")
    return faults


def cells():
    return [Cell(source, dimension) for source in SOURCES for dimension in DIMENSIONS if not dimension.reason(source)]


def first_pass(all_cells):
    """Yields (cell, turn): each cell with each thing that it can choose, or with some where those are many."""
    for cell in all_cells:
        if cell.dimension.every_form:
            turns = range(cell.source.forms)
        elif cell.dimension.turns == 1:
            turns = [SOURCES.index(cell.source)]  # another for each
        else:
            turns = range(0, cell.dimension.turns * cell.source.forms, cell.source.forms)
        for turn in turns:
            yield cell, turn


def print_table(all_cells):
    counts = {(cell.source.name, cell.dimension.name): cell.pairs for cell in all_cells}
    letters = {}
    width = max(len(source.name) for source in SOURCES)
    print("\npairs compared, by source and dimension")
    print(" " * width + "".join(f"{number:4}" for number, _ in enumerate(DIMENSIONS, 1)))
    for source in SOURCES:
        row = ""
        for dimension in DIMENSIONS:
            reason = dimension.reason(source)
            if reason:
                letters.setdefault(reason, string.ascii_letters[len(letters)])
            row += f"{letters[reason] if reason else counts[source.name, dimension.name]:>4}"
        print(f"{source.name:{width}}{row}")
    hits = [sum(cell.hits for cell in all_cells if cell.dimension is dimension) for dimension in DIMENSIONS]
    print(f"{'answered from the store':{width}}{''.join(f'{count:4}' for count in hits)}")
    print("\n" + ", ".join(f"{number} {dimension.name}" for number, dimension in enumerate(DIMENSIONS, 1)))
    for reason, letter in letters.items():
        print(f"{letter}  {reason}")
