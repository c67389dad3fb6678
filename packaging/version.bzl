"""The release: what `version` prints, the man pages say and the packages are called; and where the project is found.

`packaging/cut.py` writes the first two."""

VERSION = "0.1.0"
RELEASED = "2026-11-24"  # the date of every file in the packages

# The address of the project's page; it has none yet, and `packaging/release.sh` refuses to make a release without.
# Releases lie below it as GitHub, Gitea and Forgejo have them (ADDRESS/releases/download/vVERSION/FILE). Nothing else names
# an address: it is filled in from here.
ADDRESS = ""

# Where the repositories of apt and dnf are served: another address where that page is a site that serves no folders.
PACKAGES = ADDRESS + "/packages"
