"""`liveview` on the command line.

Owns the terminal's side: `liveview run chat.py` plays a scenario and prints its story; `liveview check app` looks for
mistakes in templates, and holds every view of scenarios to the laws. What is printed is a function of the files alone.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liveview_core.errors import LiveViewError
from liveview_testing.record.story import Scene, excerpt, load, play, world_of
from liveview_testing.user.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from rich.console import Group  # imported by who shows a story in colours: it costs a quarter of `liveview --help`
    from rich.table import Table
    from rich.text import Text


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="liveview-core", prog_name="liveview")
def main() -> None:
    """LiveView widgets, played offline."""


@main.command()
@click.argument("scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plain", is_flag=True, help="No colours and no frames: one text a scene.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the run as a page to step through."
)
@click.option(
    "--css", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The pages' style sheet, for --html."
)
def run(scenario: Path, plain: bool, html: Path | None, css: Path | None) -> None:
    """Play SCENARIO and print its story: who did what, what went over the wire, what the page shows then."""
    try:
        module = load(scenario)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    with _story_of(scenario):
        _play(module, scenario, plain, html, css)


@contextmanager
def _story_of(scenario: Path) -> Generator[None]:
    """A story that exits has not been played."""
    try:
        yield
    except SystemExit as error:
        raise click.ClickException(f"the story of {scenario} exits: SystemExit: {error}") from None


def _play(module: ModuleType, scenario: Path, plain: bool, html: Path | None, css: Path | None) -> None:
    from rich.console import Console
    from rich.panel import Panel
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=plain)
    if not plain and module.__doc__:
        console.print(Panel(Text(module.__doc__.strip()), title=scenario.stem, border_style="dim"))
    before: dict[str, str] = {}
    total = steps = frames = 0
    sim = world_of(module, record=html is not None, css=css)
    names: dict[int, str] = {}
    for scene in _recorded(module, sim, names, html) if html is not None else play(module, sim, names):
        steps += 1
        total += scene.bytes
        frames += len(scene.said)
        if plain:
            click.echo(scene.text() + "\n")
        else:
            console.print(_scene(steps, scene, before))
        before.update(dict(scene.pages))
    click.echo(f"{steps} steps, {frames} frames, {total} bytes over the wire")


def _recorded(module: ModuleType, sim: Simulation, names: dict[int, str], html: Path) -> Iterator[Scene]:
    """The scenes of a story, and then its timeline, also if it fails."""
    from liveview_testing.record.timelines.failing import failed
    from liveview_testing.record.timelines.run_timeline import timeline

    about = (module.__doc__ or "").strip().partition("\n")[0]
    title = " · ".join(each for each in (Path(module.__file__ or "").stem, about) if each)
    failure = None
    try:
        yield from play(module, sim, names)
    except Exception as error:
        failure = failed(error)
        raise
    finally:
        written = timeline(sim, title=title, names=names, failure=failure).write(html)
        click.echo(f"the run, step by step: {written.resolve().as_uri()}")


def tell(scenario: str) -> None:
    """Play the scenario in a file as `liveview run` does; for scenarios that run as scripts."""
    main(["run", scenario])


def _scene(number: int, scene: Scene, before: dict[str, str]) -> Group:
    from rich.console import Group
    from rich.markup import escape
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.rule import Rule
    from rich.text import Text

    parts: list[Rule | Padding | Panel] = [
        Rule(f"[bold]{number}. {escape(scene.title)}[/bold]", align="left", style="cyan")
    ]
    parts.append(
        Padding(_wire(scene) if scene.said else Text("nothing went over the wire", style="dim italic"), (0, 2))
    )
    for who, page in scene.pages:
        shown = _changes(page, before.get(who))
        if shown is None:
            parts.append(Padding(Text(f"{who} sees no change", style="dim italic"), (0, 2)))
        else:
            parts.append(Panel(shown, title=f"{escape(who)} sees", title_align="left", border_style="dim"))
    return Group(*parts)


def _wire(scene: Scene) -> Table:
    """Who said what, how long it was, and how it begins; one line a frame."""
    from rich.table import Table
    from rich.text import Text

    wire = Table.grid(padding=(0, 1), expand=True)
    said = [(each.who, each.frame.event, f"{each.frame.bytes:,} B") for each in scene.said]
    widths = [max(len(row[column]) for row in said) for column in range(3)]
    wire.add_column(no_wrap=True, min_width=widths[0])
    wire.add_column(no_wrap=True, min_width=1)
    wire.add_column(no_wrap=True, min_width=widths[1])
    wire.add_column(no_wrap=True, min_width=widths[2], justify="right")
    wire.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for (who, event, size), each in zip(said, scene.said, strict=True):
        client = each.frame.direction == "client"
        wire.add_row(
            Text(who, style="bold"),
            Text("→" if client else "←", style="yellow" if client else "green"),
            Text(event),
            Text(size, style="magenta"),
            Text(excerpt(each.frame, 200), style="dim"),
        )
    return wire


def _changes(page: str, before: str | None) -> Text | None:
    """The page; where `who` has looked before, only what is new since, in green, and what stands around it."""
    from rich.text import Text

    lines = page.splitlines()
    text = Text(no_wrap=True, overflow="ellipsis")
    if before is None:
        text.append(page)
        return text
    fresh = _fresh(before.splitlines(), lines)
    if not fresh:
        return None if page == before else text.append("lines went away", style="dim italic")
    shown = {near for at in fresh for near in (at - 1, at, at + 1) if 0 <= near < len(lines)}
    last = -1
    for at in sorted(shown):
        if at != last + 1:
            text.append("  …\n", style="dim")
        text.append(lines[at] + "\n", style="green" if at in fresh else "")
        last = at
    if last != len(lines) - 1:
        text.append("  …", style="dim")
    text.rstrip()
    return text


def _fresh(before: list[str], lines: list[str]) -> set[int]:
    """The numbers of the lines that are new."""
    matcher = difflib.SequenceMatcher(None, before, lines, autojunk=False)
    return {at for op, _, _, start, end in matcher.get_opcodes() if op != "equal" for at in range(start, end)}


@main.command()
@click.argument("what", nargs=-1)
@click.option("--no-play", is_flag=True, help="Only look at the templates; play no scenario.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(what: tuple[str, ...], no_play: bool, strict: bool) -> None:
    """Look for mistakes in WHAT: packages, folders, Python files or template files (default: scenarios/).

    Their modules are imported, and all templates in them verified: components and names that are not defined, attributes and
    slots that do not fit what is declared, markup that a browser would re-arrange. A scenario among them (a module with
    a story) is played, and every view held to the laws after every step; one that is there to show a mistake names the
    law that it breaks: BREAKS = "stream".
    """
    from liveview_testing.command_line.checking import Check
    from liveview_testing.command_line.left_running import EndsAtOnce
    from liveview_testing.record.loading import NoSuchModule

    if not what and not Path("scenarios").is_dir():
        raise click.UsageError("say what to check: a package, a folder, a file (there is no folder scenarios/ here)")
    found = Check()
    try:
        for place, kind, text in found.run(what or ("scenarios",), play=not no_play):
            if kind == "fine":
                click.echo(f"{place}: {text}")
            else:
                click.echo(
                    f"{place}: {click.style(kind, fg='red' if kind == 'error' else 'yellow', bold=True)}: {text}"
                )
    except NoSuchModule as error:
        raise click.ClickException(str(error)) from None
    click.echo(str(found))
    raise EndsAtOnce.with_status(1 if found.errors or (strict and found.warnings) else 0)


@main.command()
@click.argument("name")
def new(name: str) -> None:
    """Make a project called NAME, in a folder of that name: a view, a test, a property, and CI for them."""
    from liveview_testing.command_line.new_project import CannotBegin, new_project

    try:
        written = new_project(name, Path())
    except CannotBegin as error:
        raise click.ClickException(str(error)) from None
    for path in written:
        click.echo(path)
    click.echo(f"\ncd {name}, then: python -m pip install -e . --group dev, and pytest")


@main.command()
@click.argument("what")
@click.option("--port", type=int, default=0, help="The port (default: a free one).")
@click.option(
    "--client",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where phoenix and phoenix_live_view are.",
)
@click.option(
    "--hooks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own JavaScript: a module that exports client hooks.",
)
@click.option(
    "--css",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A style sheet for pages without a root layout.",
)
@click.option(
    "--assets",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of files that pages load, served at /.",
)
@click.option("--session", "session_text", default=None, help="The session of everybody, as JSON: '{\"user_id\": 7}'.")
@click.option("--paused", is_flag=True, help="Time stands still until you let it pass.")
@click.option("--seed", default="0", help="The seed of the world.")
@click.option(
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what is done in the browser as a test, at the end of this file.",
)
@click.option("--no-reload", is_flag=True, help="Do not start anew when a file is saved.")
def show(
    what: str,
    port: int,
    client: Path | None,
    hooks: Path | None,
    css: Path | None,
    assets: Path | None,
    session_text: str | None,
    paused: bool,
    seed: str,
    record: Path | None,
    no_reload: bool,
) -> None:
    """Show WHAT in a real browser: a file, a view (module:View), or a package, which is a gallery.

    It serves the views on this machine alone, through Phoenix's own client, into one simulated world: each tab is a person.
    The page that it names has the views side by side, and beside them the clock, tasks, messages, what travels, and what
    happened.
    """
    import json

    from liveview_testing.showing.command import NoClient, NothingToShow, made, supervise

    try:
        session = None if session_text is None else json.loads(session_text)
    except ValueError:
        raise click.UsageError(f"--session is no JSON: {session_text}") from None
    reload = not no_reload

    def serve() -> None:
        try:
            server = made(
                what,
                port=port,
                client=client,
                hooks=hooks,
                css=css,
                assets=assets,
                session=session,
                paused=paused,
                seed=int(seed) if seed.isdecimal() else seed,
                reload=reload,
                record=record,
            )
        except NoClient as error:
            click.echo(str(error), err=True)
            sys.exit(2)
        except NothingToShow as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)
        if server.journal is None:
            click.echo(f"liveview show, for development: {server.address}")
            click.echo(f"  a page alone: {server.origin}{server.room.first_path}")
            click.echo("  Ctrl-C ends it" + ("; when a file is saved, what you did is done again" if reload else ""))
            for each in server.room.all[0].left_out:
                click.echo(f"  not shown: {each}")
        try:
            server.serve()
        finally:
            if server.room.saved:
                click.echo(server.room.saved)
            elif record is not None and server.room.recorder is not None and not server.room.recorder.steps:
                click.echo(f"nothing was done, so nothing was recorded: {record} is as it was")

    try:
        (supervise if reload else _at_once)(serve)
    except ImportError as error:
        if "needs its extra" not in str(error):
            raise
        click.echo(str(error), err=True)
        sys.exit(2)


def _at_once(serve: Callable[[], None]) -> None:
    serve()


@main.command("soak")
@click.argument("module")
@click.option("--seeds", default=100, show_default=True, type=click.IntRange(1), help="How many seeds are run.")
@click.option("--seed", type=int, help="This seed alone.")
@click.option("--people", default=2, show_default=True, help="How many people there are, where the module asks.")
@click.option("--acts", default=200, show_default=True, help="How much is done in each run.")
@click.option("--workers", default=1, show_default=True, help="So many processes.")
@click.option("--check", "twice", is_flag=True, help="Run each seed twice, and compare what happened byte for byte.")
def soaked(module: str, seeds: int, seed: int | None, people: int, acts: int, workers: int, twice: bool) -> None:
    """Let people do things at random in the world of MODULE, a file or a module with world(sim), for many seeds.

    Fails if a law, an invariant or the code does; each kind of failure is told by the least that shows it, and by the seed that
    shows it again.
    """
    from liveview_testing.command_line.soaking_command import check_seeds, run_seeds

    chosen = range(seeds) if seed is None else (seed,)
    try:
        if twice:
            failed = check_seeds(module, chosen, people, acts)
        else:
            failed = run_seeds(module, chosen, people, acts, workers)
    except LiveViewError as error:
        raise click.ClickException(str(error)) from None
    if failed:
        sys.exit(failed)


if __name__ == "__main__":
    main()
