"""The user's handle on a file input and the files for it.

Owns `FileInput`: which files a test has at hand, for which input. What becomes of them is the `uploader`'s; how far they are is in
the world, so that two forks of it may go on differently with the same handle's files (`upload.on(other_view)`). Law: files are
chosen once, the first time the handle is used, by the change event that a browser sends then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import evolve

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.page.controls import disabled_by
from liveview_testing.browser.page.finding.select import sketch
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.forms import UNTOUCHED, controls, form_of, key, require_form
from liveview_testing.failures.exceptions import Disabled, failure
from liveview_testing.user.handles.element import Choosing, Element, Values
from liveview_testing.user.html.html import Html
from liveview_testing.world.browsing import performing, uploader
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.page_state import input_values
from liveview_testing.world.page_state.files import File, FileLike, NotSent, NoUpload, Preflight, Rejected, files

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.user.handles.view_page import Looking
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.page_state.files import Chosen
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.simulation.delivering.delivery import Run


T = TypeVar("T")
Reasons: TypeAlias = "tuple[tuple[str, Any], ...]"


class FileInput(Element):
    """A file input of a form, and files for it: made by `view.file_input(form_selector, name, entries)`."""

    __slots__ = ("files", "form", "name")

    def __init__(self, view: Looking[Acting], form: str, name: str, entries: Iterable[FileLike]) -> None:
        super().__init__(view, f'{form} input[type="file"][name="{name}"]')
        self.form = form
        self.name = name
        self.files: tuple[File, ...] = files(entries)

    def __repr__(self) -> str:
        return f"<FileInput {self.name!r} of {self.form!r} with {', '.join(each.name for each in self.files) or 'no files'}>"

    def on(self, view: Looking[Acting]) -> FileInput:
        """The same files for the same input of another view: of the same browser in a fork, say."""
        return FileInput(view, self.form, self.name, self.files)

    def _asked(self) -> tuple[Acting, Asked]:
        """The input and the files, and in which view: what an act is put down with."""
        return self.view.sim, ("files", self.view.id, self.form, self.name, self.files)

    # --- looking ----------------------------------------------------------------------------------------------------

    def found(self) -> tuple[Looking[Acting], Node]:
        """The file input with that name in the form, on the page as it is now, and the view that it belongs to."""
        owner, form = Element(self.view, self.form).found()
        require_form(form, self.form, f"choose files for {self.name!r} in")
        inputs = [control for control in controls(form) if control.kind == "file"]
        named = [control.node for control in inputs if control.name == self.name]
        # A plain input of the same name may stand before it.
        found = next((node for node in named if node.get("data-phx-upload-ref") is not None), next(iter(named), None))
        if found is None:
            names = [control.name for control in inputs]
            raise NoUpload(
                f"the form {self.form!r} has no file input {self.name!r}",
                expected=f"<.live_file_input upload={{@uploads.{self.name}}} /> in it",
                got=f"file inputs: {', '.join(map(repr, names))}" if names else "a form without file inputs",
                nearest=nearest_names(self.name, names),
            )
        return owner, found

    @property
    def exists(self) -> bool:
        """Whether the form has that input."""
        try:
            return bool(self.found())
        except AssertionError:
            return False

    # --- acting -----------------------------------------------------------------------------------------------------

    @recorded
    def render_change(self, value: Values | Choosing = None) -> Html:
        """Choose the files: the change event that tells the server of them. With auto_upload they are sent at once."""  # UP-10
        if value is not None and not isinstance(value, Mapping):
            return value.change_in(self)
        return self._change(self.node, {}, value)

    @recorded
    def change_in(self, form: Element, value: Values = None) -> Html:
        """As `form.render_change(upload)`: fill in the form, and choose the files as the last thing."""
        node = form.node
        own = form_of(self.node)
        if own is None or own.path != node.path:
            raise NoUpload(
                f"the input {self.name!r} is not in the form {form.selector!r}",
                expected="the files of an input of this form",
                got=repr(self),
            )
        return self._change(node, form._data or {}, value)

    def _change(self, node: Node, data: Mapping[str, Any], value: Values) -> Html:
        """The change event of `node`, the input or its form; what is to be sent by itself is."""
        pid, picked, choose = self._choosing(node, data, value)

        def change(run: Run) -> None:
            choose(run)
            uploader.start(run, pid, uploader.upload_of(picked))

        self.view.sim.act(change)
        return self.view.outcome()

    def _choosing(self, node: Node, data: Mapping[str, Any], value: Values) -> tuple[str, Node, Callable[[Run], None]]:
        """The view and the input whose files are chosen by a change event of `node`, and what does that."""
        view, picked = self.found()
        pid = view.id
        by = disabled_by(picked)
        if by is not None:
            around = None if by.path == picked.path else sketch(by)
            raise failure(Disabled(self.selector, sketch(picked), "choose files with", around))

        def choose(run: Run) -> None:
            line, root = run.lines[pid], run.root(pid)
            count = run.lines[root].tab.chosen
            chosen, count, uploads = uploader.choosing(line, picked, self.files, count, run.now)
            form = form_of(picked)
            assert form is not None  # `choosing` saw it
            overlay = input_values.overlay(line.tab.typed, form)
            filled = filling.fill(form, data, overlay)
            used = {key(picked): evolve(overlay.get(key(picked), UNTOUCHED), used=True)}
            overlay = {**filled.over(overlay), **used}
            # The file dialog opens by a label too: that the input itself is hidden keeps nobody from it.
            actions = payloads.change(
                node, (*filled.names, self.name), self.selector, value, overlay, uploads, hidden=_visible
            )
            memory = input_values.remember(line.tab.typed, form, {**filled.changes, **used})
            run.retab(pid, files=chosen)
            run.retab(root, chosen=count)
            performing.perform(run, pid, actions, memory)

        return pid, picked, choose

    @recorded
    def render_upload(self, entry_name: str, percent: int = 100) -> Html:
        """Send `percent` of that file's bytes, further than before; first, if need be, choose the files and ask for them.

        The bytes go in chunks of the upload's `chunk_size`, with a progress event after each; of an external upload there is only
        the progress. Half a byte is sent as one. A file that is done is sent no more. Returns the page; a `Rejected` with the
        reasons if the server does not want the file, a `Redirected` if a progress function sent the view elsewhere.
        """  # NV-19
        file = self._file(entry_name)
        if type(percent) is not int or not 0 <= percent <= 100:
            happened = f"percent is an int from 0 to 100, got {shown(percent)}"
            raise BadOption(happened, cure=f"render_upload({shown(entry_name)}, 50)")
        if not file.size:
            raise NotSent(
                f"the file {entry_name!r} is empty, and a browser does not send empty files",
                expected="a file with content",
                cure=f'{{"name": {entry_name!r}, "content": b"x"}}',
            )
        view = self.view
        if view.line.process is None and any(each.file is file for each in view.line.tab.files):
            return view.outcome()  # it was sent away

        def send(run: Run, pid: str, entry: Chosen) -> Reasons:
            uploader.preflight(run, pid, entry.upload)
            uploader.send_part(run, pid, entry.ref, percent)
            run.settle()
            now = uploader.current(run, pid, entry.upload, file)
            return () if now is None else uploader.reasons(run, pid, now)

        refused = view.sim.act(self._at_entry(file, send))
        return Rejected(view.outcome(), refused) if refused else view.outcome()

    @recorded
    def fail_upload(self, entry_name: str, reason: Any = "failed") -> Html:
        """The client's own uploader gives up on a file, and tells the server why."""  # UP-26
        entry = self._tracked(self._file(entry_name))
        ref, pid = "" if entry is None else entry.ref, self.found()[0].id
        self.view.sim.act(lambda run: uploader.fail(run, pid, ref, reason))
        return self.view.outcome()

    @recorded
    def preflight_upload(self) -> Preflight:
        """Ask the server whether it may have the files, and send nothing of them yet."""  # UP-16
        if not self.files:
            raise NotSent("there is nothing to ask for: no files", cure="give file_input some entries")

        def ask(run: Run, pid: str, entry: Chosen) -> Preflight | None:
            return uploader.preflight(run, pid, entry.upload)

        def asked(run: Run) -> Preflight:
            answer = act(run)
            if answer is None:
                left = run.lines[run.root(self.view.id)].tab.left
                if left is not None:
                    raise NotSent(
                        "the view left its page as the files were chosen: there is nobody to ask",
                        expected="a view that stays, to be asked for them",
                        got=f"a {left.kind} to {left.to!r}",
                        cure="upload.render_change() alone, and then view.assert_redirect(…)",
                    )
                raise NotSent(
                    "there is nothing to ask for: the server was asked for these files already",
                    expected="files that were chosen, and neither preflighted nor sent",
                    got=repr(self),
                )
            return answer

        act = self._at_entry(self.files[0], ask)
        return self.view.sim.act(asked)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _file(self, name: str) -> File:
        found = next((each for each in self.files if each.name == name), None)
        if found is None:
            names = [each.name for each in self.files]
            raise NotSent(
                f"there is no file {name!r} among the chosen ones",
                expected="the name of an entry given to file_input",
                got=", ".join(map(repr, names)) or "none",
                nearest=nearest_names(name, names),
            )
        return found

    def _tracked(self, file: File) -> Chosen | None:
        owner, node = self.found()
        return next((each for each in uploader.tracked(owner.line, node) if each.file is file), None)

    def _at_entry(self, file: File, then: Callable[[Run, str, Chosen], T]) -> Callable[[Run], T | None]:
        """What does something with the file as the browser tracks it; if it was never chosen, all are, before that.

        It gives None where there is no entry: the file is done, or the view has left. Raises `NotSent` for a file whose entry left
        the page before it was sent whole.
        """
        owner, picked = self.found()
        pid, upload = owner.id, uploader.upload_of(picked)
        before = [each for each in owner.line.tab.files if each.file is file]
        if before and self._tracked(file) is None and not before[-1].done:
            raise NotSent(
                f"the entry of {file.name!r} is not on the page any more",
                expected="an entry that was neither cancelled nor dropped",
                got=f"{before[-1].sent} of {file.size} bytes sent before it left",
                cure="choose it again: upload.render_change()",
            )
        choose = None if before else self._choosing(picked, {}, None)[2]

        def act(run: Run) -> T | None:
            if choose is not None:
                choose(run)
                run.settle()
            entry = uploader.current(run, pid, upload, file)
            return None if entry is None else then(run, pid, entry)

        return act


def _visible(node: Node) -> None:
    """Nothing hides a file input from its user."""
