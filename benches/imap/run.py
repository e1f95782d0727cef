"""Measures passes over mailboxes of three sizes: confirmd, the floor, and what people use today, side by side in one run.

Call it through scripts/bench, which builds and installs what it needs.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import time

import floor
import peers
from mailbox import ANSWERS, ROOT, SINCE, USER, Session, mailbox, make
from proxy import Line

BASE = ROOT / "target/bench"
PORT, LINE = 21993, 21994
CONFIRMD = os.environ.get("CONFIRMD_BINARY", str(ROOT / "target/release/confirmd"))
NEEDLES = ["facebook", "fb.com", "fb_com", "instagram", "meta.com", "meta_com", "metamail", "threads", "whatsapp"]
floor.NEEDLES = NEEDLES


class Home:
    """A home for confirmd whose one mailbox is behind the line."""

    def __init__(self, server, port):
        self.path = BASE / "home"
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        self.path.chmod(0o700)
        config = self.path / "config.toml"
        config.write_text(
            f"""database = "{self.path}/confirmd.db"
[dns]
server = "127.0.0.1:1"
[[mailbox]]
name = "private"
host = "localhost"
port = {port}
username = "{USER}"
password_file = "{server.folder}/password"
ca_file = "{server.ca}"
since = {SINCE}
trusted_authserv_ids = ["mx.example.org"]
[[account]]
id = "anna-facebook"
platform = "facebook"
handle = "anna.muster"
emails = ["anna@example.org"]
objected = 2025-05-20
"""
        )
        config.chmod(0o600)
        self.environment = {"HOME": str(self.path), "CONFIRMD_CONFIG": str(config), "TZ": "UTC", "PATH": "/usr/bin:/bin"}

    def sync(self):
        return [CONFIRMD, "sync"], "", self.environment


class Cost:
    """What one way of doing it took: milliseconds, kB, round trips, MB at the peak; medians of several runs."""

    def __init__(self, runs):
        self.ms, self.kb, self.trips, self.mb, self.found = (statistics.median(column) for column in zip(*runs))


def run(command, line, parse):
    """One run of a program; with the line's meter."""
    argv, said, environment = command
    # GNU time is small when it starts the program: what the kernel says of our own children begins with our own size.
    peak = BASE / "peak"
    argv = ["/usr/bin/time", "-q", "-f", "%M", "-o", str(peak), *argv]
    before = (line.meter.up + line.meter.down, line.meter.trips)
    line.meter.speaker = None
    begun = time.monotonic()
    process = subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    )
    process.stdin.write(said)
    process.stdin.close()
    out, err = process.stdout.read(), process.stderr.read()
    process.wait()
    took = time.monotonic() - begun
    time.sleep(0.15)
    if process.returncode:
        raise RuntimeError(f"{argv[:3]}: {process.returncode}\n{out}\n{err}")
    bytes_, trips = line.meter.up + line.meter.down - before[0], line.meter.trips - before[1]
    return took * 1000, bytes_ / 1000, trips, int(peak.read_text()) / 1000, parse(out)


def session(ask, line):
    """One run of a session of the floor, without the time that Python takes to start."""
    before = (line.meter.up + line.meter.down, line.meter.trips)
    line.meter.speaker = None
    begun = time.monotonic()
    found = ask()
    took = time.monotonic() - begun
    time.sleep(0.15)
    bytes_, trips = line.meter.up + line.meter.down - before[0], line.meter.trips - before[1]
    return took * 1000, bytes_ / 1000, trips, 0, found


def looked(out):
    """`Read 1 of 1 mailbox completely; looked at 12 mails ...`"""
    words = out.replace("\n", " ").split()
    return int(words[words.index("looked") + 2])


def table(title, costs):
    print(f"\n### {title}\n")
    print("| | ms | x | kB | x | round trips | peak MB | mails read |")
    print("|---|---|---|---|---|---|---|---|")
    least = costs[0][1]
    for name, cost in costs:
        print(
            f"| {name} | {cost.ms:.0f} | {cost.ms / least.ms:.2f} | {cost.kb:.1f} | {cost.kb / least.kb:.2f} "
            f"| {cost.trips:.0f} | {cost.mb or '-'} | {cost.found:.0f} |",
            flush=True,
        )


def first_pass(server, delay, times, others):
    with Line(LINE, server.port, delay) as line:
        costs = []
        costs.append(("floor", Cost([session(lambda: floor.first_pass(server, LINE), line) for _ in range(times)])))

        def sync():
            return run(Home(server, LINE).sync(), line, looked)

        costs.append(("confirmd sync", Cost([sync() for _ in range(times)])))
        if others:
            for name, make_command in (("imapclient", peers.imapclient), ("imapfilter", peers.imapfilter)):
                argv, said, more = make_command(BASE, server, LINE, NEEDLES)
                command = (argv, said, peers.environment(more))
                parse = lambda out: int(out.split()[-1])
                try:
                    costs.append((name, Cost([run(command, line, parse)])))
                except (RuntimeError, ValueError, FileNotFoundError) as error:
                    print(f"\n{name} did not run: {str(error)[:300]}")
    return costs


def next_pass(server, delay, times):
    with Line(LINE, server.port, delay) as line:
        home = Home(server, LINE)
        run(home.sync(), line, looked)
        nothing = [
            ("floor", Cost([session(lambda: floor.nothing_new(server, LINE), line) for _ in range(times)])),
            ("confirmd sync", Cost([run(home.sync(), line, looked) for _ in range(times)])),
        ]
        ours, theirs = [], []
        for nth in range(times):
            uid = deliver(server, nth)
            theirs.append(session(lambda: floor.one_new(server, LINE, uid), line))
            ours.append(run(home.sync(), line, looked))
            expunge(server, uid)
        one = [("floor", Cost(theirs)), ("confirmd sync", Cost(ours))]
    return nothing, one


def deliver(server, number):
    import datetime
    import random

    owner = Session(server.port, server.ca)
    raw = make(900_000 + number, "meta", datetime.datetime.now(datetime.timezone.utc), random.Random(number))
    owner.send(f'a LOGIN "{USER}" "{server.password}"')
    owner.answer("a")
    owner.send(b"b APPEND INBOX {%d+}\r\n%s\r\n" % (len(raw), raw))
    while not (line := owner.line()).startswith(b"b "):
        pass
    owner.send("c LOGOUT")
    owner.close()
    return int(line.split(b"]")[0].split()[-1])


def expunge(server, uid):
    owner = Session(server.port, server.ca)
    owner.send(
        f'a LOGIN "{USER}" "{server.password}"', "b SELECT INBOX", f"c UID STORE {uid} +FLAGS.SILENT (\\Deleted)",
        f"d UID EXPUNGE {uid}", "e LOGOUT",
    )
    for tag in "abcd":
        owner.answer(tag)
    owner.close()


def cold(server):
    """Empties the header caches of the mailbox."""
    server.stop()
    for cache in pathlib.Path(server.folder, "mail").rglob("dovecot.index.cache*"):
        cache.unlink()
    server.start()


def waiting(server, times):
    """From delivery to the committed status, beside a bare session that waits and reads."""
    home = Home(server, server.port)
    argv, _, environment = home.sync()
    subprocess.run(argv, env=environment, check=True, capture_output=True)
    database = home.path / "confirmd.db"
    log = open(home.path / "log", "w")
    daemon = subprocess.Popen([CONFIRMD, "run"], env=environment, stderr=log, stdout=log)
    bare = floor.Waiting(server, server.port)
    time.sleep(3)
    import sqlite3

    database = sqlite3.connect(database)
    count = lambda: database.execute("SELECT count(*) FROM message").fetchone()[0]
    rows = []
    try:
        for nth in range(times):
            before = count()
            begun = time.monotonic()
            uid = deliver_answer(server, 800_000 + nth)
            read_at, _ = bare.until_read()
            while count() == before:
                time.sleep(0.0005)
            rows.append(((read_at - begun) * 1000, (time.monotonic() - begun) * 1000))
            expunge(server, uid)
            time.sleep(1.5)
    finally:
        daemon.terminate()
        daemon.wait()
    return rows


def deliver_answer(server, number):
    import datetime
    import random

    owner = Session(server.port, server.ca)
    raw = make(number, "answer", datetime.datetime.now(datetime.timezone.utc), random.Random(number))
    owner.send(f'a LOGIN "{USER}" "{server.password}"')
    owner.answer("a")
    owner.send(b"b APPEND INBOX {%d+}\r\n%s\r\n" % (len(raw), raw))
    while not (line := owner.line()).startswith(b"b "):
        pass
    owner.close()
    return int(line.split(b"]")[0].split()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    BASE.mkdir(parents=True, exist_ok=True)
    for mails in (int(size) for size in options.sizes.split(",")):
        with mailbox(BASE, mails, PORT) as server:
            cold(server)
            table(f"First pass, {mails} mails, caches cold, no delay (one run each, in this order)", first_pass_cold(server))
            first_pass(server, 0, 1, False)
            table(f"First pass, {mails} mails, caches warm, no delay", first_pass(server, 0, options.times, not options.no_peers))
            table(f"First pass, {mails} mails, caches warm, 50 ms", first_pass(server, 0.05, options.times, not options.no_peers))
            for delay in (0, 0.05):
                nothing, one = next_pass(server, delay, options.times)
                words = f"{mails} mails, {int(delay * 1000)} ms"
                table(f"Next pass, nothing new, {words}", nothing)
                table(f"Next pass, one new mail of Meta's, {words}", one)
            if mails == 10000:
                rows = waiting(server, 2 * options.times)
                print("\n### From delivery to the database, beside a bare session in IDLE (ms)\n\n| bare session has read it | committed | more |\n|---|---|---|")
                for bare, ours in rows:
                    print(f"| {bare:.0f} | {ours:.0f} | {ours - bare:.0f} |")
                more = sorted(ours - bare for bare, ours in rows)
                print(f"\nMedian {statistics.median(more):.1f} ms more, at most {more[-1]:.1f}.")
    print(f"\n{ANSWERS} of the mails are answers.")


def first_pass_cold(server):
    with Line(LINE, server.port, 0) as line:
        theirs = Cost([session(lambda: floor.first_pass(server, LINE), line)])
        cold(server)
        ours = Cost([run(Home(server, LINE).sync(), line, looked)])
    return [("floor", theirs), ("confirmd sync", ours)]


if __name__ == "__main__":
    main()
