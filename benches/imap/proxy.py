"""A line between client and server: so many milliseconds long, with a meter for bytes and round trips.

TLS passes through. A round trip begins whenever the client speaks after the server has: what is sent in one go counts once.
The TCP handshake is one more, for everybody.
"""

import asyncio
import threading
import time


class Meter:
    """What has passed so far."""

    def __init__(self):
        self.up = self.down = self.trips = 0
        self.speaker = None

    def saw(self, speaker, size):
        if speaker == "client":
            self.up += size
            if self.speaker != "client":
                self.trips += 1
        else:
            self.down += size
        self.speaker = speaker


class Line:
    """Listens on `port` and leads to `server`; `delay` seconds there and back."""

    def __init__(self, port, server, delay):
        self.port, self.server, self.half = port, server, delay / 2
        self.meter = Meter()

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        started = threading.Event()

        def run():
            asyncio.set_event_loop(self.loop)
            self.listening = self.loop.run_until_complete(asyncio.start_server(self.join, "127.0.0.1", self.port))
            started.set()
            self.loop.run_forever()

        threading.Thread(target=run, daemon=True).start()
        started.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.listening.close)
        time.sleep(0.05)
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def join(self, from_client, to_client):
        # Connecting takes the round trip that a distant server's handshake would.
        await asyncio.sleep(2 * self.half)
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server)
        await asyncio.gather(
            self.carry("client", from_client, to_server), self.carry("server", from_server, to_client)
        )

    async def carry(self, speaker, source, target):
        queue = asyncio.Queue()

        async def deliver():
            while True:
                at, piece = await queue.get()
                if piece is None:
                    break
                await asyncio.sleep(max(0, at - time.monotonic()))
                target.write(piece)
                await target.drain()
            target.close()

        delivering = asyncio.ensure_future(deliver())
        try:
            while piece := await source.read(262144):
                self.meter.saw(speaker, len(piece))
                queue.put_nowait((time.monotonic() + self.half, piece))
        except ConnectionError:
            pass
        queue.put_nowait((0, None))
        try:
            await delivering
        except ConnectionError:
            pass
