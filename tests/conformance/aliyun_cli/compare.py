#!/usr/bin/env python3
"""Fails when config.json, $1, differs from what it was, on stdin, in more than what a sign-in owns of the profile $2."""
import json
import sys

OWNED = {"access_token", "cloud_sso_access_token_expire", "oauth_access_token", "oauth_refresh_token",
         "oauth_access_token_expire", "access_key_id", "access_key_secret", "sts_token", "sts_expiration"}


def without_owned(text, profile):
    config = json.loads(text)
    for one in config["profiles"]:
        if one["name"] == profile:
            for field in OWNED & one.keys():
                one[field] = "owned"
    return config


before, after = sys.stdin.read(), open(sys.argv[1]).read()
if without_owned(before, sys.argv[2]) != without_owned(after, sys.argv[2]):
    sys.exit("something else has changed")
if before.strip() == after:
    sys.exit("nothing has changed")
