"""The connections of real browsers, and what travels on them.

Owns `Links`, all connections (`connection`: one of them): a frame that comes in is an act of the world; what the act came to goes
out, each frame on the connection of its process, the answer with the ref of what it answers. Latency and loss are the links', in
the world's time.

Law: frames of one direction never overtake each other; a frame for nobody is answered, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from liveview_core.errors import shown
from liveview_core.protocol.messages import BadFrame, Chunk, CloseUpload, RegisterUpload
from liveview_core.protocol.tokens import session_token
from liveview_testing.showing.connections import joining
from liveview_testing.showing.connections.connection import Channel, Flight, Link, Sent
from liveview_testing.showing.connections.joining import CannotJoin
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.connections.serializer import Message, encode
from liveview_testing.showing.connections.served import Foretold, ServedWorld, local_url, moved_payload, served_url
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.wire import FILES
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.received import received
from liveview_testing.world.tabs.frames import uploading

__all__ = ["Link", "Links", "Sent"]

VIEW = "lv:"


class Links:
    """All connections to one world."""

    def __init__(self, world: ServedWorld) -> None:
        self.journal = Journal()
        self.latency = 0
        self.offline = False
        self.total = 0
        """How many frames have come so far, of all browsers; without heartbeats."""
        self.holding = False
        self.flights: list[Flight] = []
        self.links: list[Link] = []
        self.resumed: set[str] = set()
        self._loading: set[str] = set()
        """Root views that go on with whoever joins them, instead of being mounted."""
        self.wire: list[Sent] = []
        self.notes: list[str] = []
        self.foretold: list[Foretold] = []
        self.changed: Callable[[list[Happening]], None] | None = None
        self.people: dict[str, str] = {}  # who sits at a window, by its name
        self._connected = 0
        self._where: dict[str, tuple[Link, str, str | None]] = {}
        self._answering: tuple[Link, Message, str] | None = None
        self._replaced: str | None = None  # the join that was not left before this one
        self.serve(world)

    def serve(self, world: ServedWorld) -> None:
        """This is the world from now on."""
        self.world = world
        world.listen(self._heard)

    # --- connections --------------------------------------------------------------------------------------------------

    def connect(self, link: Link) -> None:
        """A browser has connected."""
        self._connected += 1
        link.number = self._connected
        self.links.append(link)
        self.journal.add(
            self.world.world.now, "connect", link=link.number, window=link.window, origins=list(link.origins)
        )

    def disconnect(self, link: Link) -> None:
        """A connection is gone, and with it, for now, the processes on it."""
        if link not in self.links:
            return
        self.links.remove(link)
        link.open = False
        self.journal.add(self.world.world.now, "disconnect", link=link.number)
        roots = [channel.pid for topic, channel in link.channels.items() if topic.startswith(VIEW)]
        for pid in [pid for pid, (its, _, _) in self._where.items() if its is link]:
            del self._where[pid]
        link.channels.clear()
        for pid in roots:
            if pid in self._loading:  # its page is being loaded again, and goes on with it
                self._loading.discard(pid)
            else:
                self.world.act(partial(joining.closed, pid=pid))

    def load_again(self, root: str) -> None:
        """The page of a view is loaded again, and goes on: the connection that it has now will close, and ends nothing."""
        self.resumed.add(root)
        if root in self._where:
            self._loading.add(root)
        self.journal.add(self.world.world.now, "resume", root=root)

    def who(self, link: Link) -> str:
        """Who sits at a connection's window."""
        return self.people.get(link.window) or f"browser {link.tab}"

    # --- what comes in ------------------------------------------------------------------------------------------------

    def receive(self, link: Link, message: Message) -> None:
        """A frame has come; with latency, it is on its way."""
        if (self.latency or self.holding or self.flights) and message.topic != "phoenix":
            self._fly(link, lambda: self._arrive(link, message), "client", message)
        else:
            self._arrive(link, message)

    def _fly(self, link: Link, go: Callable[[], None], direction: str, message: Message) -> None:
        due = None if self.holding else self.world.world.now + self.latency
        if due is not None:  # frames of one direction keep their order, whatever the latency was
            before = [each.due for each in self.flights if each.direction == direction and each.link is link]
            due = max([due, *(each for each in before if each is not None)])
        self.flights.append(Flight(due, link, go, direction, message.event, message.payload))

    def release(self) -> None:
        """What is held arrives, in order, and the hold ends."""
        self.holding = False
        while self.flights:
            first = self.flights.pop(0)
            if first.link.open:
                first.go()

    def next_due(self, until: int) -> int | None:
        """When the next frame on its way arrives, if it does up to an instant."""
        due = min((each.due for each in self.flights if each.due is not None), default=None)
        return due if due is not None and due <= until else None

    def land(self) -> None:
        """What is due arrives."""
        now = self.world.world.now
        while True:
            landing = [each for each in self.flights if each.due is not None and each.due <= now]
            if not landing:
                return
            first = min(landing, key=lambda each: each.due or 0)
            self.flights.remove(first)
            if first.link.open:
                first.go()

    def _arrive(self, link: Link, message: Message) -> None:
        if not link.open:
            return
        topic, event = message.topic, message.event
        if topic == "phoenix":
            self._reply(link, message, "ok", {})
            return
        self.total += 1
        self._note_wire(link, True, event, message.payload, topic)
        self.journal.add(self.world.world.now, "frame", link=link.number, message=message)
        if event == "phx_join":
            self._join(link, message)
            return
        channel = link.channels.get(topic)
        if channel is None:
            self._reply(link, message, "error", {"reason": "unmatched topic"})
            return
        if message.join_ref is not None and message.join_ref != channel.join_ref:
            return  # of a channel that was left meanwhile
        self._frame(link, channel, message)

    def _was_foretold(self, pid: str, event: str, payload: Any) -> None:
        """What a browser says by itself is what the simulated one would have said; if it is not, that is told."""
        found = next((each for each in self.foretold if each[:2] == (pid, event)), None)
        if found is not None:
            self.foretold.remove(found)
        if event.startswith("cids_") and (found is None or found[2] != payload):
            would = "nothing" if found is None else shown(found[2])
            self.notes.append(f"the client said {event} {shown(payload)}; the simulated one would have said {would}")

    def _frame(self, link: Link, channel: Channel, message: Message) -> None:
        pid, event, payload = channel.pid, message.event, message.payload
        self._was_foretold(pid, event, payload)
        if event == "phx_leave":
            del link.channels[message.topic]
        if channel.upload is not None:
            ref, entry = channel.upload

            def piece(run: Run) -> None:
                said: Any = Chunk(ref, entry, payload) if event == "chunk" else CloseUpload(ref, entry)
                run.deliver(pid, said, f"{FILES}{entry}", event, payload)

            self._deliver(link, message, pid, piece)
        elif event == "phx_leave":
            self._deliver(link, message, pid, lambda run: joining.left(run, pid))
            self._where.pop(pid, None)
        elif event == "live_patch":
            payload = moved_payload(payload, lambda url: local_url(url, link.origins), ("url",))
            before = self.world.world.count

            def patch(run: Run) -> None:
                run.deliver(pid, received(event, payload), "client", event, payload)
                joining.patched(run, pid, payload["url"], before)

            self._deliver(link, message, pid, patch)
        else:
            self._deliver(
                link, message, pid, lambda run: run.deliver(pid, received(event, payload), "client", event, payload)
            )

    def _deliver(self, link: Link, message: Message, pid: str, cause: Callable[[Run], object]) -> None:
        """One frame, one act. A frame that cannot be one of a client is refused, and its view ends, as in production."""
        before = self.world.world.count
        self._answering = (link, message, pid)
        try:
            self.world.act(cause)
        except BadFrame as error:
            self.notes.append(f"refused: {error}")
            self._push(link, message.topic, message.join_ref, "phx_error", {})
            return  # as of a process that has crashed, there is no answer
        except Exception as error:  # the kit's own checks: the act did not happen
            self.notes.append(f"{type(error).__name__}: {error}")
            self._reply(link, message, "error", {"reason": str(error).partition("\n")[0]})
            return
        finally:
            self._answering = None
        if self.world.world.count == before and message.event != "phx_join":
            # The process is gone: Phoenix says so to nobody, the client waits for nothing.
            self._reply(link, message, "ok", {})

    # --- joins --------------------------------------------------------------------------------------------------------

    def _join(self, link: Link, message: Message) -> None:
        topic = message.topic
        payload_given: Any = message.payload
        if type(payload_given) is not dict:
            self._reply(link, message, "error", {"reason": "unmatched topic"})
            return
        given: dict[str, Any] = payload_given  # pyright: ignore[reportUnknownVariableType]
        if topic.startswith(FILES):
            self._join_upload(link, message, given)
            return
        if not topic.startswith(VIEW):
            self._reply(link, message, "error", {"reason": "unmatched topic"})
            return
        payload: dict[str, Any] = moved_payload(given, lambda url: local_url(url, link.origins), ("url", "redirect"))
        dom_id = topic.removeprefix(VIEW)
        try:
            pid = joining.process_for(self.world.world, link, dom_id)
            if self._go_on(link, message, pid, payload):
                return
            self._replaced = link.channels[topic].join_ref if topic in link.channels else None
            link.channels[topic] = Channel(pid, message.join_ref)
            self._where[pid] = (link, topic, message.join_ref)
            if payload.get("params") is None:
                payload = {**payload, "params": {}}
            if payload.get("redirect") is not None:
                payload = {**payload, "flash": payload.get("flash")}
                self._deliver(link, message, pid, lambda run: self._navigating(run, pid, payload))
            else:
                self._deliver(link, message, pid, lambda run: self._joining(run, link, pid, payload))
            self.foretold = [each for each in self.foretold if each[:2] != (pid, "phx_join")]
        except CannotJoin as refused:
            link.channels.pop(topic, None)
            self._reply(link, message, "error", {"reason": refused.reason})

    @staticmethod
    def _navigating(run: Run, pid: str, payload: dict[str, Any]) -> None:
        received("phx_join", payload)  # of the right shape, before it is read
        joining.navigate(run, pid, payload)

    def _joining(self, run: Run, link: Link, pid: str, payload: dict[str, Any]) -> None:
        received("phx_join", payload)
        joining.join(run, pid, payload)
        link.tab = run.lines[pid].tab.number

    def _go_on(self, link: Link, message: Message, pid: str, payload: Mapping[str, Any]) -> bool:
        """Whether the process is one that goes on: then the client is told what the one before it was told."""
        world = self.world.world
        root = pid
        while (around := world.lines[root].tab.parent) is not None:
            root = around
        line = world.lines[pid]
        if root not in self.resumed or "redirect" in payload:
            return False
        if line.process is None or not line.process.joined or pid in self._where:
            return False
        told = joining.replayed(line)
        if told is None or payload.get("session") != session_token(line.process.id):
            return False
        link.channels[message.topic] = Channel(pid, message.join_ref)
        self._where[pid] = (link, message.topic, message.join_ref)
        reply, diffs = told
        self._out(link, Message(message.join_ref, message.ref, message.topic, "phx_reply", reply))
        for diff in diffs:
            self._push(link, message.topic, message.join_ref, "diff", diff)
        return True

    def _join_upload(self, link: Link, message: Message, payload: Mapping[str, Any]) -> None:
        token = payload.get("token")
        pid = link.uploads.get(token) if isinstance(token, str) else None
        if pid is None or not isinstance(token, str):
            self._reply(link, message, "error", {"reason": "invalid_token"})
            return
        upload, _, entry = token.rpartition(":")
        link.channels[message.topic] = Channel(pid, message.join_ref, (upload, entry))
        register = RegisterUpload(token)
        self._deliver(
            link,
            message,
            pid,
            lambda run: run.deliver(pid, register, f"{FILES}{entry}", "phx_join", {"token": token}),
        )

    # --- what goes out ------------------------------------------------------------------------------------------------

    def _heard(self, happenings: list[Happening], foretold: list[Foretold]) -> None:
        """What an act came to goes to whom it concerns."""
        answering, first = self._answering, True
        self.foretold.extend(foretold)
        for happening in happenings:
            answered: tuple[Link, Message] | None = None
            if first and answering is not None and happening.process == answering[2]:
                if happening.event == "phx_leave" != answering[1].event:  # as Phoenix has it: closed for the new one
                    link, message, _ = answering
                    self._out(link, Message(self._replaced, self._replaced, message.topic, "phx_close", {}))
                elif happening.origin == "client" or happening.origin.startswith(FILES):
                    answered, first = answering[:2], False
            self._said(happening, answered)
        for link in self.links:
            if any(channel.upload is not None for channel in link.channels.values()):
                self._close_files(link, answering)
        if self.changed is not None:
            self.changed(happenings)

    def _close_files(self, link: Link, answering: tuple[Link, Message, str] | None) -> None:
        """The channels of files that their processes have ended are closed: nothing that is answered on them counts any more."""
        for topic, channel in list(link.channels.items()):
            line = self.world.world.lines.get(channel.pid)
            if channel.upload is None or (line is not None and channel.upload in uploading(line)):
                continue
            del link.channels[topic]
            asked = None if answering is None else answering[1]
            if asked is None or (asked.topic, asked.event) not in ((topic, "phx_join"), (topic, "phx_leave")):
                self._out(link, Message(channel.join_ref, channel.join_ref, topic, "phx_close", {}))

    def _said(self, happening: Happening, answered: tuple[Link, Message] | None) -> None:
        where = self._where.get(happening.process)
        for sent in happening.sent:
            event, payload = sent.event, sent.payload
            if event == "phx_reply":
                if answered is None:
                    continue
                link, message = answered
                payload = self._remembered(link, happening, payload)
                self._out(link, Message(message.join_ref, message.ref, message.topic, event, payload))
                if happening.event == "phx_leave":
                    self._out(link, Message(message.join_ref, message.join_ref, message.topic, "phx_close", {}))
            elif event == "phx_error" and answered is not None and answered[1].event == "phx_join":
                self._reply(*answered, "error", {"reason": "join crashed"})
                answered[0].channels.pop(answered[1].topic, None)
                self._where.pop(happening.process, None)
            elif where is not None:
                link, topic, join_ref = where
                if event == "phx_error":
                    link.channels.pop(topic, None)
                    self._where.pop(happening.process, None)
                    self._out(link, Message(join_ref, join_ref, topic, event, payload))
                else:
                    self._push(link, topic, join_ref, event, moved_payload(payload, served_url, ("to",)))

    def _remembered(self, link: Link, happening: Happening, payload: dict[str, Any]) -> dict[str, Any]:
        """An answer as it travels: addresses are the server's, and the tokens of files lead to their process."""
        response: dict[str, Any] = payload.get("response") or {}
        if happening.event == "allow_upload":
            for token in response.get("entries", {}).values():
                if isinstance(token, str):
                    link.uploads[token] = happening.process
        for name in ("redirect", "live_redirect", "live_patch"):
            if name in response:
                to = moved_payload(response[name], served_url, ("to",))
                payload = {**payload, "response": {**response, name: to}}
        return payload

    def _reply(self, link: Link, message: Message, status: str, response: dict[str, Any]) -> None:
        if message.ref is None:
            return
        answer = {"status": status, "response": response}
        if status == "error":
            link.refused = f"{message.event} on {message.topic}: {response.get('reason')}"
        self._out(link, Message(message.join_ref, message.ref, message.topic, "phx_reply", answer))

    def _push(self, link: Link, topic: str, join_ref: str | None, event: str, payload: Any) -> None:
        self._out(link, Message(join_ref, None, topic, event, payload))

    def _out(self, link: Link, message: Message) -> None:
        text = encode(message)
        if message.topic != "phoenix":
            self._note_wire(link, False, message.event, message.payload, message.topic)
        if (self.latency or self.holding) and message.topic != "phoenix":
            self._fly(link, lambda: link.send(text), "server", message)
        else:
            link.send(text)

    def _note_wire(self, link: Link, up: bool, event: str, payload: Any, topic: str) -> None:
        if isinstance(payload, bytes):
            payload = f"<{len(payload)} bytes>"
        self.wire.append(Sent(self.world.world.now, self.who(link), up, event, payload, topic))
        if len(self.wire) > 400:
            del self.wire[:200]

    def forget(self) -> None:
        """No process is on any connection."""
        self._where.clear()

    # --- for whoever shows it -----------------------------------------------------------------------------------------

    def root_of(self, link: Link) -> str | None:
        """The root view on a connection."""
        lines = self.world.world.lines
        for topic, channel in link.channels.items():
            if topic.startswith(VIEW) and channel.pid in lines and lines[channel.pid].tab.parent is None:
                return channel.pid
        return None

    def told(self, text: str) -> None:
        """Something to be shown beside the page."""
        self.notes.append(shown(text) if len(text) > 10_000 else text)
