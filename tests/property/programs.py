"""Dimensions: programs that are started."""
import json

from dimension import all_but, ANY, dimension, OTHER, Pair
from worlds import EXEC_INFO


NO_CHILD = "starts no program"


@dimension("PATH", turns=5, static=NO_CHILD, server=NO_CHILD, token=NO_CHILD, sign_in=NO_CHILD)
def path(source, form, choose):
    if form != 0:
        return None
    first = source.make(form)
    program = "bin/plugin" if source.kind == "plugin" else "bin/print-key"
    first.files[program.replace("bin", "here/more")] = first.files[program].replace("$1", "bob")
    first.folder = "here"
    entry = choose.choice(["{home}/here/more", ".", "more", "./more", ""])
    if entry in (".", ""):
        first.files[program.replace("bin", "here")] = first.files[program].replace("$1", "bob")
    second = first.copy()
    second.env["PATH"] = f"{entry}:{first.env['PATH']}"
    return Pair(first, second, OTHER if entry.startswith("{home}") else ANY)


@dimension("working folder", turns=6, static=NO_CHILD, server=NO_CHILD, token=NO_CHILD, sign_in=NO_CHILD)
def working_folder(source, _form, choose):
    program = "bin/plugin" if source.kind == "plugin" else "bin/print-key"
    form, entry = choose.choice([(2, None), (3, None), (0, "."), (0, "./bin"), (0, "bin"), (0, "")])
    first = source.make(form)
    first.folder = "first"
    here = program.replace("bin/", "") if entry in (".", "") else program
    first.files["work/" + here] = first.files[program].replace("$1", "bob")
    if entry is None:  # a path from here
        first.files["first/" + here] = first.files[program]
    else:  # a name, and a PATH that leads here
        first.env["PATH"] = f"{entry}:{first.env['PATH']}"
    second = first.copy()
    second.folder = "work"
    return Pair(first, second, OTHER if entry is None else ANY)


@dimension("program", static=NO_CHILD, server=NO_CHILD, token=NO_CHILD, sign_in=NO_CHILD)
def program_replaced(source, form, _choose):
    if form == 3:
        return None  # sh is not replaced; of its script see swapped in place
    first = source.make(form)
    program = "bin/plugin" if source.kind == "plugin" else "bin/print-key"
    second = first.copy()
    second.files[program] = first.files[program].replace("$1", "bob")
    return Pair(first, second, OTHER)


TELLING = ["ALICLOUD_ACCESS_KEY", "ALIBABACLOUD_ACCESS_KEY_ID", "ACCESS_KEY_ID", "AWS_PROFILE", "PINNIPED_USERNAME"]


@dimension("variable of the program", turns=6, static=NO_CHILD, server=NO_CHILD, token=NO_CHILD, sign_in=NO_CHILD)
def variable(source, form, choose):
    name = "WHO"
    first = source.make(form)
    if source.kind == "plugin":
        name = choose.choice([*TELLING, "WHO"])
        if name == "WHO":
            first.flags["--key-env"] = "WHO"
    first.env[name] = "alice"
    second = first.copy()
    second.env[name] = "bob"
    return Pair(first, second, OTHER)


@dimension("cluster information", no=all_but(["get exec"], "the cluster is a flag: see there"))
def cluster_information(source, form, _choose):
    first = source.make(form)
    info = json.loads(json.dumps(EXEC_INFO))
    info["spec"]["cluster"] = {"server": "https://127.0.0.1:6443", "config": {"audience": "a"}}
    first.env["KUBERNETES_EXEC_INFO"] = json.dumps(info, separators=(",", ":"))
    second = first.copy()
    second.env["KUBERNETES_EXEC_INFO"] = first.env["KUBERNETES_EXEC_INFO"].replace('"a"', '"b"')
    return Pair(first, second, OTHER)
