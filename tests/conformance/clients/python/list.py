"""Lists namespaces through the official Python client: once, or for each line of the FIFO given, with a new client for
the line "new"."""
import sys

import kubernetes
import urllib3


def connect():
    kubernetes.config.load_kube_config()
    return kubernetes.client.CoreV1Api()


def list_namespaces(api):
    try:
        names = [item.metadata.name for item in api.list_namespace(_request_timeout=30).items]
    except kubernetes.client.exceptions.ApiException as error:
        print("error", error.status, str(error.reason).replace("\n", " "), flush=True)
        return False
    except urllib3.exceptions.HTTPError as error:
        print("error", str(error).replace("\n", " "), flush=True)
        return False
    print("ok", ",".join(names), flush=True)
    return True


def main():
    api = connect()
    if len(sys.argv) == 1:
        return 0 if list_namespaces(api) else 1
    with open(sys.argv[1], encoding="utf-8") as commands:
        for line in commands:
            if line == "new\n":
                api = connect()
            list_namespaces(api)
    return 0


sys.exit(main())
