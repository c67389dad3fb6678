#!/usr/bin/env python3
"""Writes compile_commands.json for clangd and other tools, from what Bazel would run to compile each source of ours.

    . tests/setup.sh && tests/compile_commands.py

Run it again when sources, folders or flags are new. clangd then finds all headers, made ones too once they were built:
the compiler's own flags stay, but the compiler is named clang++, since the wrapper around the hermetic one tells clangd
nothing about its standard library.
"""
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("credential_provider", "kubeconfig_writer", "tests")
# What a toolchain of Bazel's adds and another clang does not know, or must not do beside an editor.
NOT_FOR_CLANGD = ("-MD", "-MF", "-o", "-c", "-Werror", "-frandom-seed", "-target", "--target")


def bazel(*arguments):
    return subprocess.run(["bazel", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def absolute(argument, external):
    """Folders of other projects are below Bazel's own folder, and not here."""
    for prefix in ("", "-I", "-iquote", "-isystem"):
        if argument.startswith(prefix + "external/"):
            return prefix + external + argument[len(prefix + "external"):]
    return argument


def command_of(arguments, external):
    """The source, and the command without the compiler's wrapper and without output."""
    source, kept, skip = "", ["clang++"], False
    for argument in arguments[1:]:
        if skip:
            skip = False
        elif argument.split("=")[0] in NOT_FOR_CLANGD:
            skip = argument in ("-MF", "-o", "-target")
        elif argument.endswith(".cc"):
            source = argument
        else:
            kept.append(absolute(argument, external))
    return source, kept + ["-c", source]


def main():
    external = bazel("info", "output_base").strip() + "/external"
    targets = " + ".join(f"//{folder}/..." for folder in FOLDERS)
    answer = json.loads(bazel("aquery", "-c", "opt", "--output=jsonproto", f'mnemonic("CppCompile", {targets})'))
    commands = {}
    for action in answer["actions"]:
        source, command = command_of(action["arguments"], external)
        if source.startswith(FOLDERS):
            commands[source] = {"directory": str(ROOT), "file": source, "arguments": command}
    (ROOT / "compile_commands.json").write_text(json.dumps([commands[name] for name in sorted(commands)], indent=1))
    print(f"compile_commands.json: {len(commands)} sources")


if __name__ == "__main__":
    main()
