"""The floor: sessions that know everything beforehand and ask as little as there is to ask, as early as they may.

The password goes out when the server has greeted, for whether it takes one stands in the greeting. Everything that can be
known to be needed goes out with it. What no session can know before it is told costs a round trip.
"""

import datetime
import re
import time

from mailbox import SINCE, USER, Session

# As `rules/` has them: what confirmd searches for.
NEEDLES: list = []
MARGIN = datetime.timedelta(days=3)


def chain():
    keys = [f'FROM "{needle}"' for needle in NEEDLES]
    return " ".join(f"OR {key}" for key in keys[:-1]) + " " + keys[-1]


def start(server, port):
    session = Session(port, server.ca)
    login = f'a1 LOGIN "{USER}" "{server.password}"'
    everything = 'a2 LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))'
    return session, login, everything


def first_pass(server, port):
    """Everything of Meta's since `since`; what was read."""
    session, login, everything = start(server, port)
    session.send(login, everything, 'a3 EXAMINE "INBOX"')
    session.answer("a1"), session.answer("a2")
    exists = next(int(line.split()[1]) for line in session.answer("a3") if line.endswith(b" EXISTS"))
    after = 0
    if exists >= 5000:
        numbers = sorted({1 + step * (exists - 1) // 99 for step in range(100)})
        session.send(f"a4 FETCH {','.join(map(str, numbers))} (UID SAVEDATE)")
        for line in session.answer("a4"):
            found = re.search(rb'UID (\d+) SAVEDATE "([^"]+)"', line)
            day = datetime.datetime.strptime(found[2].decode(), "%d-%b-%Y %H:%M:%S %z").date()
            if day < SINCE - MARGIN:
                after = max(after, int(found[1]))
    # Where there is little to search, the server has the dates of receipt at hand.
    since = "" if after else f"SINCE {SINCE.strftime('%d-%b-%Y')} "
    session.send(f"a5 UID SEARCH UID {after + 1}:* {since}{chain()}")
    hits = session.answer("a5")[0].split()[2:]
    session.send(f"a6 UID FETCH {b','.join(hits).decode()} (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])", "a7 LOGOUT")
    bodies = session.answer("a6")
    session.close()
    return sum(1 for line in bodies if line.endswith(b"}"))


def nothing_new(server, port):
    """The counts of all folders."""
    session, login, everything = start(server, port)
    session.send(login, everything, "a3 LOGOUT")
    session.answer("a1")
    lines = session.answer("a2")
    session.close()
    return sum(1 for line in lines if line.startswith(b"* STATUS"))


def one_new(server, port, uidnext):
    """The counts, and the mail with that UID, which is Meta's."""
    session, login, everything = start(server, port)
    fields = "BODY.PEEK[HEADER.FIELDS (FROM)]"
    session.send(login, everything, 'a3 EXAMINE "INBOX"', f"a4 UID FETCH {uidnext}:* (UID RFC822.SIZE {fields})")
    for tag in ("a1", "a2", "a3"):
        session.answer(tag)
    news = re.findall(rb"UID (\d+)", b" ".join(session.answer("a4")))
    session.send(f"a5 UID FETCH {b','.join(news).decode()} (UID BODY.PEEK[])", "a6 LOGOUT")
    bodies = session.answer("a5")
    session.close()
    return sum(1 for line in bodies if line.endswith(b"}"))


class Waiting:
    """A session in IDLE that reads each mail as soon as it is announced."""

    def __init__(self, server, port):
        self.session, login, _ = start(server, port)
        self.session.send(login, 'a3 EXAMINE "INBOX"')
        self.session.answer("a1")
        lines = self.session.answer("a3")
        self.next = next(int(re.search(rb"UIDNEXT (\d+)", line)[1]) for line in lines if b"UIDNEXT" in line)
        self.begin()

    def begin(self):
        self.session.send("i1 IDLE")
        while not self.session.line().startswith(b"+"):
            pass

    def until_read(self):
        """The moment at which the next mail's last byte is here, and how many there were."""
        while not self.session.line().endswith(b" EXISTS"):
            pass
        self.session.send("DONE", f"i2 UID FETCH {self.next}:* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])")
        self.session.answer("i1")
        lines = self.session.answer("i2")
        at = time.monotonic()
        uids = [int(uid) for line in lines for uid in re.findall(rb"\(UID (\d+) INTERNALDATE", line)]
        self.next = max([self.next - 1, *uids]) + 1
        self.begin()
        return at, len(uids)
