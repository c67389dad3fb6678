"""Dimensions: the roles that are taken on."""
from dimension import dimension, FAILS, NO_ROLE, OTHER, Pair, SAME
from source import arn


def _with_role(source, form, name):
    """A world in which the detail `name` of a role can be said."""
    world = source.make(form)
    if name not in source.options and "--role-arn" not in world.flags:
        world.flags["--role-arn"] = arn("ack-reader")
    return world


@dimension("role", plugin=NO_ROLE)
def role(source, form, choose):
    first = _with_role(source, form, "arn")
    second = first.copy()
    here = first.flags.get("--role-arn")
    roles = [arn("ack-reader"), arn("ack-external")] if here != arn("ack-reader") else [
        arn("ack-admin"), f"{arn('ack-admin')},{arn('ack-reader')}"]
    new = choose.choice(roles) if here else arn("ack-reader")
    source.set_option(second, "arn", new)
    return Pair(first, second, OTHER)


@dimension("role session name", plugin=NO_ROLE)
def role_session(source, form, _choose):
    first = _with_role(source, form, "session-name")
    second = first.copy()
    source.set_option(second, "session-name", "another")
    return Pair(first, second, OTHER)


@dimension("role external id", plugin=NO_ROLE,
           token="AssumeRoleWithOIDC has no external id; of a role on top: see the others")
def role_external_id(source, form, choose):
    first = _with_role(source, form, "external-id")
    source.set_option(first, "arn" if "external-id" in source.options else "unused", arn("ack-external"))
    first.flags.pop("--role-unused", None)
    if "external-id" not in source.options:
        first.flags["--role-arn"] = arn("ack-external")
    variable = choose.choice([None, "ALIBABA_CLOUD_EXTERNAL_ID", "ALIBABACLOUD_EXTERNAL_ID"])
    second = first.copy()
    for world, value in ((first, "sandbox-external-id"), (second, "another-external-id")):
        if variable and "external-id" in source.options:
            world.env[variable] = value
        else:
            source.set_option(world, "external-id", value)
    return Pair(first, second, FAILS)


@dimension("role policy", plugin=NO_ROLE)
def role_policy(source, form, _choose):
    first = _with_role(source, form, "policy")
    if source.name == "oidc-environment" or source.name == "profile OIDC":
        first.flags["--role-arn"] = arn("ack-reader")
    second = first.copy()
    source.set_option(second, "policy", '{"Version":"1","Statement":[]}')
    return Pair(first, second, OTHER)


@dimension("role duration", plugin=NO_ROLE)
def role_duration(source, form, _choose):
    first = _with_role(source, form, "duration")
    second = first.copy()
    source.set_option(second, "duration", "1800s")
    return Pair(first, second, SAME)


@dimension("STS endpoint", plugin=NO_ROLE)
def sts_endpoint(source, form, choose):
    first = _with_role(source, form, "arn")
    second = first.copy()
    second.env["ALIBABA_CLOUD_STS_ENDPOINT"] = value = choose.choice(["{localhost}", "{other}", "127.0.0.1:1", ""])
    if value == "127.0.0.1:1":
        second.env["ALIBABA_CLOUD_STS_HTTP_SCHEME"] = "HTTP"
    elif value and "duration" in source.options and choose.randrange(2):
        second.profile["sts_endpoint"] = value
        second.env["ALIBABA_CLOUD_STS_ENDPOINT"] = "{cloud}"
    elif not value:  # those of the Internet, which is not there
        second.env.update([choose.choice([("ALIBABA_CLOUD_STS_REGION", "cn-hangzhou"),
                                       ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true")])])
    return Pair(first, second, SAME if value == "{localhost}" else FAILS)
