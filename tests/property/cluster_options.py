"""Dimensions: what is asked for."""
from dimension import dimension, FAILS, OTHER, Pair, SAME, two
from worlds import OTHER_CLUSTER


NOT_ACK = "is of Alibaba Cloud's clusters"


@dimension("cluster", ack_only=True, plugin="a plugin hears of the cluster by its information: see there")
def cluster(source, form, choose):
    first = source.make(form)
    first.issuer = choose.choice(["ack", "ack-token"])
    second = first.copy()
    second.flags["--cluster-id"] = OTHER_CLUSTER
    return Pair(first, second, OTHER)


@dimension("CS endpoint", ack_only=True, plugin=NOT_ACK)
def cs_endpoint(source, form, _choose):
    return Pair(*two(source, form, lambda world: world.flags.update({"--cs-endpoint": "{other}"})), OTHER)


@dimension("endpoint beside the key", turns=3, ack_only=True, plugin=NOT_ACK)
def endpoint_beside_key(source, form, choose):
    first = source.make(form)
    del first.flags["--cs-endpoint"]
    first.env["ALIBABA_CLOUD_ENDPOINT"] = "{cloud}"
    second = first.copy()
    where = choose.choice(["variable", "profile", "type"])
    if where == "type":  # that of a VPC, which is not there
        del second.env["ALIBABA_CLOUD_ENDPOINT"]
        second.env.update({"ALIBABA_CLOUD_ENDPOINT_TYPE": "vpc", "ALIBABA_CLOUD_REGION_ID": "cn-hangzhou"})
        return Pair(first, second, FAILS)
    if where == "profile" and source.name.startswith("profile "):
        second.profile["endpoint"] = "{other}"
    else:
        second.env["ALIBABA_CLOUD_ENDPOINT"] = "{other}"
    return Pair(first, second, OTHER)


@dimension("region", ack_only=True, plugin=NOT_ACK)
def region(source, form, choose):
    with_endpoint = choose.randrange(2)

    def change(world):
        world.flags["--region"] = "cn-beijing"
        if not with_endpoint:
            del world.flags["--cs-endpoint"]
    return Pair(*two(source, form, change), SAME if with_endpoint else FAILS)


@dimension("lifetime", ack_only=True, plugin=NOT_ACK)
def lifetime(source, form, choose):
    minutes = choose.choice(["15m", "30m", "72h"])
    return Pair(*two(source, form, lambda world: world.flags.update({"--duration": minutes})), OTHER)


@dimension("address", ack_only=True, plugin=NOT_ACK)
def address(source, form, _choose):
    return Pair(*two(source, form, lambda world: world.flags.update({"--endpoint-type": "private"})), OTHER)


@dimension("issuer", ack_only=True, plugin=NOT_ACK)
def issuer(source, form, _choose):
    return Pair(*two(source, form, lambda world: setattr(world, "issuer", "ack-token")), OTHER)
