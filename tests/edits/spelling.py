"""How one text, list or null may be spelled in YAML, so that kubectl reads the same."""

PLAIN_SAFE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./")
NULLS = ["null", "~", "", "Null", "NULL"]
WORDS_OF_OTHER_TYPES = {"", "null", "yes", "no", "on", "off", "true", "false", "y", "n"}


def is_plain(text):
    """Whether `text` may be without quotes anywhere."""
    return (text.lower() not in WORDS_OF_OTHER_TYPES and set(text) <= PLAIN_SAFE | set(":@ ") and text[0].isalpha()
            and not text.endswith((":", " ")) and ": " not in text and "  " not in text)


def single(text):
    return "'" + text.replace("'", "''") + "'"


def double(text):
    return '"' + "".join({'"': '\\"', "\\": "\\\\"}.get(c, c if c.isprintable() else f"\\u{ord(c):04x}") for c in text) + '"'


def escaped(text, rng):
    """In double quotes with an escape that nobody needs."""
    at = rng.randrange(len(text)) if text else 0
    if not text or text[at] in '"\\':
        return double(text)
    return double(text[:at])[:-1] + f"\\u{ord(text[at]):04X}" + double(text[at + 1:])[1:]


def fits_single(text):
    return all(c.isprintable() for c in text)


class Speller:
    """Spells values with the habits of one file."""

    def __init__(self, rng, json=False, kyaml=False):
        self.rng, self.json, self.kyaml = rng, json, kyaml
        self.quote = rng.choice(["plain", "plain", "plain", "single", "double"])
        self.odd = rng.choice([0, 0.1, 0.3, 0.6])  # how often something unusual is written
        self.comments = 0 if json else rng.choice([0, 0, 0.2, 0.5])
        self.step = rng.choice([2, 2, 2, 4])
        self.list_indent = rng.choice([0, 0, 2, 4])
        self.gap = rng.choice([1, 1, 1, 3])
        self.tabs = not json and rng.random() < 0.1
        self.anchors = 0
        self.in_block_scalar = False  # a deeper comment would be part of it

    def is_odd(self):
        return self.rng.random() < self.odd

    def comment(self):
        """What may follow a value on its line."""
        blanks = self.rng.choice(["", "", "", " ", "  "]) if self.rng.random() < 0.1 else ""
        if self.tabs and self.rng.random() < 0.3:
            blanks += "\t"
        if self.rng.random() >= self.comments:
            return blanks
        return (blanks or " ") + self.rng.choice(["# mine", "#", "# of: today", "# [x", "#  - a: b", "# it's \"quoted\""])

    def lines_between(self, indent):
        """Comment lines and empty ones, before something that is indented by `indent`."""
        lines = ""
        ways = ["\n", " " * indent + "# above\n", "# far left\n"]
        if not self.in_block_scalar:
            ways.append(" " * (indent + 2) + "# deeper\n")
        while self.rng.random() < self.comments / 2:
            lines += self.rng.choice(ways)
        return lines

    def habit(self, text, flow):
        """`text` on one line, as this file usually writes it."""
        if self.json or self.kyaml:
            return double(text)
        if self.quote == "plain" and is_plain(text) and not (flow and set(text) & set(",:[]{}? ")):
            return text
        return single(text) if self.quote == "single" and fits_single(text) else double(text)

    def text_on_a_line(self, text, flow):
        if self.json or not self.is_odd():
            return self.habit(text, flow)
        ways = [double(text), escaped(text, self.rng)]
        if fits_single(text):
            ways.append(single(text))
        if is_plain(text) and not (flow and set(text) & set(",:[]{}? ")):
            ways.append(text)
        return self.rng.choice(ways)

    def null(self, flow):
        if self.json:
            return "null"
        return self.rng.choice(NULLS if not flow else [null for null in NULLS if null]) if self.is_odd() else "null"

    def key(self, name):
        if self.json:
            return double(name)
        if self.is_odd():
            return self.rng.choice([name, name, single(name), double(name)])
        return name

    def properties(self):
        """A tag or an anchor that nobody refers to, before a text in block style."""
        self.anchors += 1
        return self.rng.choice(["!!str ", "! ", f"&a{self.anchors} ", f"&a{self.anchors} !!str "])

    def text_in_block(self, text, indent):
        """What follows the colon of a key at `indent`, up to the end of its last line."""
        deep = " " * (indent + self.rng.choice([1, 2, 4]))
        if not self.is_odd():
            # ruamel.yaml, as the aws CLI has it, breaks before a long text, and leaves a blank at the line's end.
            if len(text) > 60 and self.rng.random() < 0.3 and is_plain(text):
                return " \n" + " " * (indent + 2) + text + "\n"
            return " " + self.habit(text, False) + self.comment() + "\n"
        way = self.rng.choice(["line", "line", "next", "next", "block", "folded", "properties", "broken"])
        if way == "next":
            return self.comment() + "\n" + self.lines_between(indent + 1) + deep + self.text_on_a_line(text, False) + self.comment() + "\n"
        if way in ("block", "folded") and text and text == text.strip() and fits_single(text):
            header = self.rng.choice(["|-", "|2-"] if way == "block" else [">-", ">-"])
            deep = " " * (indent + 2) if "2" in header else deep
            self.in_block_scalar = True
            return f" {header}{self.comment()}\n{deep}{text}\n"
        if way == "properties":
            spelled = self.text_on_a_line(text, False)
            properties = self.properties()
            if properties == "! " and spelled[0] in "'\"":
                properties = "!!str "
            return " " + properties + self.rng.choice(["", "\n" + deep]) + spelled + self.comment() + "\n"
        if way == "broken" and len(text) > 1 and text[1] != " " and fits_single(text):
            return " " + double(text[:1])[:-1] + "\\\n" + deep + double(text[1:])[1:] + self.comment() + "\n"
        if way == "broken" and " " in text and is_plain(text):
            return " " + text.replace(" ", "\n" + deep, 1) + self.comment() + "\n"
        return " " + self.text_on_a_line(text, False) + self.comment() + "\n"

    def null_in_block(self, indent):
        spelled = self.null(False)
        if spelled and self.is_odd():
            return self.comment() + "\n" + self.lines_between(indent + 1) + " " * (indent + 2) + spelled + self.comment() + "\n"
        return (" " + spelled if spelled else "") + self.comment() + "\n"
