"""A seeded mailbox of synthetic mails, and the Dovecot that serves it.

Mails come at even distances from 2015 to 2026, in the order of their dates, as in a mailbox that mail was delivered to all
the time: INTERNALDATE and the day of saving agree, because Dovecot is told the time of each batch (libfaketime). 20 are
answers to an objection, 1 % are other mail of Meta's, the rest is from anybody. It is made once and kept.
"""

import datetime
import email.utils
import os
import pathlib
import random
import shutil
import socket
import ssl
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
USER = "anna@example.org"
SINCE = datetime.date(2024, 5, 1)
FIRST = datetime.datetime(2015, 1, 1, tzinfo=datetime.timezone.utc)
LAST = datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)
ANSWERS = 20
BATCHES = 100

WORDS = (
    "Rechnung Termin Garten Verein Lieferung Angebot Urlaub Schule Konzert Fahrrad Treffen Protokoll Einladung Buch Küche "
    "invoice meeting garden delivery offer holiday school concert bicycle minutes invitation book kitchen weather train"
).split()


class Server:
    """Dovecot over TLS on a seeded mailbox; one at a time for each folder."""

    def __init__(self, folder, port):
        self.folder, self.port = pathlib.Path(folder), port

    @property
    def ca(self):
        return str(self.folder / "ca.pem")

    @property
    def password(self):
        return (self.folder / "password").read_text().strip()

    def start(self, more=""):
        settings = f"mail_location = mdbox:{self.folder}/mail\nmail_fsync = never\nmail_max_userip_connections = 100\n{more}"
        environment = dict(os.environ, DOVECOT_MORE=settings, TZ="UTC")
        subprocess.run(
            [ROOT / "scripts/throwaway-dovecot", "start", self.folder, str(self.port)], check=True, env=environment
        )

    def stop(self):
        subprocess.run([ROOT / "scripts/throwaway-dovecot", "stop", self.folder], check=True)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()


class Session:
    """A bare IMAP session: lines out, lines in."""

    def __init__(self, port, ca):
        context = ssl.create_default_context(cafile=ca)
        # As `imap` clients do: one packet, one direction.
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.rest = b""
        self.line()

    def send(self, *lines):
        """All lines at once."""
        self.socket.sendall(b"".join(line if isinstance(line, bytes) else line.encode() + b"\r\n" for line in lines))

    def line(self):
        while b"\n" not in self.rest:
            self.fill()
        line, _, self.rest = self.rest.partition(b"\n")
        return line.rstrip(b"\r")

    def fill(self):
        more = self.socket.recv(262144)
        if not more:
            raise ConnectionError("the server has hung up")
        self.rest += more

    def answer(self, tag):
        """The untagged lines up to the tagged one; literals are lines of their own."""
        lines = []
        while True:
            line = self.line()
            if line.startswith(tag.encode() + b" "):
                if not line.startswith(tag.encode() + b" OK"):
                    raise ValueError(line)
                return lines
            lines.append(line)
            if line.endswith(b"}"):
                size = int(line[line.rindex(b"{") + 1 : -1])
                parts, have = [self.rest], len(self.rest)
                while have < size:
                    more = self.socket.recv(262144)
                    if not more:
                        raise ConnectionError("the server has hung up")
                    parts.append(more)
                    have += len(more)
                whole = b"".join(parts)
                lines.append(whole[:size])
                self.rest = whole[size:]

    def close(self):
        self.socket.close()


def mailbox(base, mails, port):
    """The server of a mailbox with that many mails, which is made where it is not there yet."""
    folder = pathlib.Path(base).resolve() / f"imap-{mails}"
    server = Server(folder, port)
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        seed(server, mails)
        (folder / "complete").touch()
    return server


def seed(server, mails):
    clock = server.folder / "clock"
    clock.write_text(stamp(FIRST))
    library = next(pathlib.Path("/usr/lib").rglob("libfaketime.so.1"))
    server.start(
        f"import_environment = TZ=UTC LD_PRELOAD={library} FAKETIME_TIMESTAMP_FILE={clock}\n"
    )
    try:
        chance = random.Random(mails)
        kinds = plan(mails)
        step = (LAST - FIRST) / mails
        per_batch = max(1, mails // BATCHES)
        for start in range(0, mails, per_batch):
            batch = range(start, min(start + per_batch, mails))
            # A process reads the clock when it starts: the time at the end of the batch, for a mail is saved after its receipt.
            clock.write_text(stamp(FIRST + step * batch.stop))
            session = Session(server.port, server.ca)
            session.send(f'a LOGIN "{USER}" "{server.password}"')
            session.answer("a")
            parts = [b"b APPEND INBOX"]
            for number in batch:
                date = FIRST + step * number
                raw = make(number, kinds.get(number, "other"), date, chance)
                parts.append(b' "%s" {%d+}\r\n%s' % (date.strftime("%d-%b-%Y %H:%M:%S +0000").encode(), len(raw), raw))
            session.send(b"".join(parts) + b"\r\n")
            session.answer("b")
            session.send("c LOGOUT")
            session.close()
    finally:
        server.stop()


def stamp(date):
    return date.strftime("%Y-%m-%d %H:%M:%S\n")


def plan(mails):
    """Which mails are Meta's."""
    first_answer = int(mails * ((datetime.datetime(2025, 5, 20, tzinfo=datetime.timezone.utc) - FIRST) / (LAST - FIRST)))
    kinds = {number: "meta" for number in range(7, mails, 100)}
    for nth in range(ANSWERS):
        kinds[first_answer + 3 + nth * ((mails - first_answer - 10) // ANSWERS)] = "answer"
    return kinds


def make(number, kind, date, chance):
    text = "\r\n".join(" ".join(chance.choices(WORDS, k=11)) for _ in range(chance.randint(5, 90)))
    if kind == "answer":
        sender, domain = "Facebook <case++%d@support.facebook.com>" % number, "support.facebook.com"
        subject = "Object to your information being used for AI at Meta"
        text = (
            "Hi Anna,\r\n\r\nWe've received your objection to your information being used for AI at Meta.\r\n\r\n"
            "We're reviewing it and will get back to you.\r\n"
        )
    elif kind == "meta":
        sender, domain = "Facebook <notification@facebookmail.com>", "facebookmail.com"
        subject = "Berta has commented on a photo: %s" % chance.choice(WORDS)
    else:
        domain = "list%d.example.org" % chance.randint(1, 300)
        sender, subject = "%s <news@%s>" % (chance.choice(WORDS).title(), domain), " ".join(chance.choices(WORDS, k=5))
    day = email.utils.format_datetime(date)
    signature = "\r\n ".join("%060x" % chance.getrandbits(240) for _ in range(6))
    mail = (
        f"Return-Path: <bounce@{domain}>\r\nAuthentication-Results: mx.example.org; dkim=pass header.d={domain}\r\n"
        f"Received: from mx-out.{domain} (mx-out.{domain} [192.0.2.25])\r\n by mx.example.org (Postfix) with ESMTPS id 4bK{number}\r\n"
        f" for <anna@example.org>; {day}\r\nReceived: from internal.{domain} (internal.{domain} [192.0.2.26])\r\n by mx-out.{domain}"
        f" with ESMTP id {number}; {day}\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=s1;\r\n"
        f" h=from:to:subject:date;\r\n b={signature}\r\nX-Synthetic: yes, made for confirmd's measurements\r\nDate: {day}\r\n"
        f"To: Anna Muster <anna@example.org>\r\nSubject: {subject}\r\nFrom: {sender}\r\nMessage-ID: <{number}@{domain}>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
    return mail.encode()
