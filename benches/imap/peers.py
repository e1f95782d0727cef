"""What people use today to find a sender's mails in a mailbox: three programs, each asked in the way its manual shows.

Each looks for the same senders since the same day and reads what it finds. They keep no position, so every pass is the first.
"""

import os
import pathlib
import subprocess
import sys

from mailbox import ROOT, SINCE, USER

IMAPCLIENT = """
import datetime, ssl, sys
from imapclient import IMAPClient
port, ca, password, needles = int(sys.argv[1]), sys.argv[2], sys.stdin.read(), sys.argv[3:]
with IMAPClient("localhost", port=port, ssl=True, ssl_context=ssl.create_default_context(cafile=ca)) as client:
    client.login(%r, password)
    client.select_folder("INBOX", readonly=True)
    hits = sorted({hit for needle in needles for hit in client.search(["FROM", needle, "SINCE", datetime.date(%d, %d, %d)])})
    print(len(client.fetch(hits, ["BODY.PEEK[]"])))
"""

IMAPFILTER = """
options.certificates = true
options.starttls = false
account = IMAP { server = "localhost", port = %d, username = %r, password = os.getenv("PASSWORD"), ssl = "auto" }
inbox = account["INBOX"]
found = nil
for _, needle in ipairs({%s}) do
    local hits = inbox:contain_from(needle) * inbox:arrived_since(%r)
    if found == nil then found = hits else found = found + hits end
end
count = 0
for _, message in ipairs(found) do
    local mailbox, uid = table.unpack(message)
    if mailbox[uid]:fetch_message() then count = count + 1 end
end
print(count)
"""


def python(base):
    """A Python with imapclient; made where it is not there yet."""
    folder = pathlib.Path(base).resolve() / "python"
    binary = folder / "bin/python"
    if not binary.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([binary, "-m", "pip", "install", "--quiet", "imapclient"], check=True)
    return binary


def imapclient(base, server, port, needles):
    script = IMAPCLIENT % (USER, SINCE.year, SINCE.month, SINCE.day)
    return [str(python(base)), "-c", script, str(port), server.ca, *needles], server.password, {}


def imapfilter(base, server, port, needles):
    home = pathlib.Path(base).resolve() / "imapfilter"
    home.mkdir(exist_ok=True)
    words = ", ".join(f'"{needle}"' for needle in needles)
    (home / "config.lua").write_text(IMAPFILTER % (port, USER, words, SINCE.strftime("%d-%b-%Y")))
    command = ["imapfilter", "-c", str(home / "config.lua"), "-t", server.ca]
    return command, "", {"PASSWORD": server.password, "IMAPFILTER_HOME": str(home)}


def environment(more):
    return {**{key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}, "TZ": "UTC", "HOME": str(ROOT / "target/bench"), **more}
