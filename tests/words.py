#!/usr/bin/env python3
"""Counts words of this project's own that a reader would have to learn first, where the field has a usual one.

.github/CONTRIBUTING.md has the glossary. Counted are comments, documents and what the programs print, line by line. Prints a
table; with a number as argument it fails when there are more. Ends with "N passed, N failed".
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = {
    "behind": r"\bbehind\b",
    "stands, stand, stood": r"\bst(ands?|ood)\b(?! for| in for| beside| alone)",
    "of ours": r"\bof ours\b",
    "ended (expired)": r"\b(has|have|had|already) ended\b|\bended (already|at)\b",
    "in the place of": r"\bin the place of\b",
    "way ends, how they are, takes back": r"\bway ends\b|\bhow they are\b|\btakes the last change back\b",
}
SUFFIXES = (".cc", ".h", ".md", ".py", ".sh", ".go", ".case")
CATALOGUE = "credential_provider/language/zh_cn.h"  # repeats what the code says
HERE = str(pathlib.Path(__file__).relative_to(ROOT))


def lines_of(path):
    """The lines that a person reads: of sources the comments and the literals, of the rest all."""
    text = (ROOT / path).read_text(errors="replace")
    for line in text.splitlines():
        if path.endswith((".cc", ".h", ".go")):
            yield " ".join(re.findall(r'//.*|"(?:[^"\\]|\\.)*"', line)) or ("" if ";" in line or "{" in line else line)
        else:
            yield line


def main():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    counts = {word: [0, 0] for word in WORDS}
    for path in files:
        if not path.endswith(SUFFIXES) or path in (HERE, ".github/CONTRIBUTING.md", CATALOGUE):
            continue
        product = path.startswith(("credential_provider/", "kubeconfig_writer/")) or "/" not in path
        for line in lines_of(path):
            for word, pattern in WORDS.items():
                counts[word][0 if product else 1] += len(re.findall(pattern, line, re.IGNORECASE))
    print("| | programs and their documents | tests |\n| --- | ---: | ---: |")
    for word, (product, tests) in counts.items():
        print(f"| {word} | {product} | {tests} |")
    total = sum(map(sum, counts.values()))
    most = int(sys.argv[1]) if len(sys.argv) > 1 else total
    failed = int(total > most)
    print(f"{total} in all")
    print(f"{1 - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
