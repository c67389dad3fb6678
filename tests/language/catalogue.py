#!/usr/bin/env python3
"""Holds the Chinese catalogue against the code: whole, and of the same form as the English.

The catalogue (credential_provider/language/zh_cn.h) finds a translation by the English text, so a text that was changed in the code
and not there would be shown in English. This reads every string literal of both programs that has two words or more, and
every entry of the catalogue, and reports:
  a text that no entry has       what people are not told is listed in not_shown.txt
  an entry that no text has      each piece of its English must be in a literal of the code
  a translation of another form  other places (%1), other commands in backticks, other names in capitals, no Chinese
  an entry that is there twice
Before that it sees itself fail: on a text and an entry planted in memory. Ends with "N passed, N failed".

Options for who translates: --catalogue FILE (more entries, may be given again), --not-shown FILE, --below FOLDER (only what
is missing there).
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "credential_provider/language/zh_cn.h"
NOT_SHOWN = pathlib.Path(__file__).parent / "not_shown.txt"
TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<raw>R\"(?P<mark>\w*)\((?P<text>.*?)\)(?P=mark)\")|\"(?P<string>(?:[^\"\\\n]|\\.)*)\""
    r"|^\#include[^\n]*|'(?:[^'\\\n]|\\.)+'|(?P<other>\S)|\s+",
    re.DOTALL | re.MULTILINE,
)
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'", "0": "\0"}
OF_OTHERS = "\n# what the system, libcurl and libyaml say\n"
PLACE = re.compile(r"%[1-9]")
EDGES = " \n\t:;,.()`'\"?-+|="


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found.group(1), ""), text)


def literals(source):
    """The string literals of a C++ source, those that the compiler joins as one."""
    joined, inside = [], False
    for token in TOKEN.finditer(source):
        if token["raw"] is not None or token["string"] is not None:
            text = token["text"] if token["raw"] is not None else unescaped(token["string"])
            joined = joined[:-1] + [joined[-1] + text] if inside else joined + [text]
            inside = True
        elif token["other"]:
            inside = False
    return joined


def pieces(literal):
    """What is translated by itself: a paragraph on one line, what a row of a list says, a text between places of printf."""
    for paragraph in re.split(r"\n\n+", literal):
        rows = paragraph.split("\n")
        if paragraph.startswith("  ") and all(row.startswith("  ") for row in rows if row):
            texts = [re.split(r"\s{2,}", row.strip(), maxsplit=1)[-1] for row in rows if row]
        else:
            texts = [" ".join(row for row in rows if row)]
        for text in texts:
            yield text.strip(EDGES)


def is_prose(text):
    return " " in text and len(re.findall(r"[A-Za-z]{2,}", text)) >= 2


def read_code():
    """Every literal of both programs, and the file it is in."""
    code = []
    for program in ("credential_provider", "kubeconfig_writer"):
        for path in sorted((ROOT / program).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix in (".cc", ".h") and path != CATALOGUE:
                code += [(name, literal) for literal in literals(path.read_text())]
    return code


def read_entries(text):
    """Pairs of lines; a line alone has no translation."""
    entries, english = [], None
    for line in text.split("\n") + [""]:
        if english is None:
            english = line if line and not line.startswith("#") else None
        else:
            entries.append((english, line))
            english = None
    return entries


def read_not_shown(text):
    """Lines "PATH<tab>TEXT": what is not shown to a person, all of a file or folder where TEXT is *."""
    return [tuple(line.split("\t", 1)) for line in text.split("\n") if line and not line.startswith("#")]


def is_shown(name, piece, not_shown):
    return not any(name.startswith(path) and text in ("*", piece) for path, text in not_shown)


def missing(code, entries, not_shown):
    known = "\n".join(PLACE.sub("\0", english) for english, _ in entries)
    found = []
    for name, literal in code:
        for piece in pieces(literal):
            if is_prose(piece) and is_shown(name, piece, not_shown) and PLACE.sub("\0", piece) not in known:
                found.append(f"{name}: no entry has: {piece}")
    return found


def of_others(text):
    """The English of the entries for what others say: those after the note about them, to the next note."""
    part = text.partition(OF_OTHERS)[2]
    return {english for english, _ in read_entries(re.split(r"\n# ", part)[0])}


def stale(code, entries):
    texts = "\n".join(piece for _, literal in code for piece in [literal, " ".join(literal.split("\n")), *pieces(literal)])
    found = []
    for english, _ in entries:
        for piece in PLACE.split(english):
            if is_prose(piece) and piece.strip(EDGES) not in texts:
                found.append(f"no text of the code has: {piece}     (of: {english})")
    return found


def forms(entries):
    found = []
    for english, chinese in entries:
        def differs(pattern):
            return sorted(re.findall(pattern, english)) != sorted(re.findall(pattern, chinese))
        if not chinese:
            found.append(f"no translation: {english}")
        elif not re.search("[\u4e00-\u9fff]", chinese):
            found.append(f"no Chinese: {english}")
        elif differs(r"%[1-9]"):
            found.append(f"other places: {english}")
        elif differs(r"`[^`]*`"):
            found.append(f"other commands: {english}")
        elif differs(r"--[a-z][a-z-]+"):
            found.append(f"other flags: {english}")
    counts = {}
    for english, _ in entries:
        counts[english] = counts.get(english, 0) + 1
    return found + [f"twice: {english}" for english, count in counts.items() if count > 1]


def sees_itself_fail():
    code, entries = [("a.cc", "two words of it")], [("other words %1", "别的 %1")]
    return (
        len(missing(code, entries, [])) == 1
        and not missing(code, entries, [("a.cc", "two words of it")])
        and len(stale(code, entries)) == 1
        and len(forms([("run `a b` %1", "运行 %1"), ("x %1", "某 %2"), ("y", "")])) == 3
        and literals('f("one " // "no"\n  "two", R"(three)", \'"\', "\\n")') == ["one two", "three", "\n"]
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--catalogue", action="append", default=[])
    parser.add_argument("--not-shown", action="append", default=[])
    parser.add_argument("--below", action="append", default=[])
    options = parser.parse_args()
    header = CATALOGUE.read_text()
    text = header[header.index("R\"zh(") + 5:header.rindex(")zh\"")]
    entries = read_entries(text)
    for path in options.catalogue:
        entries += read_entries(pathlib.Path(path).read_text())
    not_shown = read_not_shown(NOT_SHOWN.read_text())
    for path in options.not_shown:
        not_shown += read_not_shown(pathlib.Path(path).read_text())
    code = read_code()
    looked_at = [(name, text) for name, text in code if not options.below or name.startswith(tuple(options.below))]
    faults = [] if sees_itself_fail() else ["this script does not see what it is for"]
    others = of_others(text)
    faults += missing(looked_at, entries, not_shown) + forms(entries)
    faults += stale(code, [entry for entry in entries if entry[0] not in others])
    for fault in faults:
        print(fault)
    print(f"{len(entries)} entries")
    print(f"{len(entries) - min(len(faults), len(entries))} passed, {len(faults)} failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
