"""A page inside of somebody else's: what a notebook shows of a value, where nothing of it can run, load or be clicked.

Owns `framed`, an `<iframe>` with the page in it, and `told`, a text. Law: the frame is sandboxed whole, its policy lets nothing be
asked for, its body is inert; the text around it is text.
"""

from __future__ import annotations

from html import escape

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
MOST = 200_000


def framed(page: str, caption: str, styles: str = "", height: int = 400) -> str:
    """Html for a notebook's cell: a caption, and a page that is only to be looked at; larger ones are told by their size."""
    head = f'<div style="font: 12px monospace; opacity: .7">{escape(caption)}</div>'
    if len(page) > MOST:
        return f"{head}<pre>{len(page):,} characters: more than a cell should hold</pre>"
    return f"{head}{_frame(page, styles, height)}"


def told(text: str, caption: str, lines: int = 40) -> str:
    """Html for a notebook's cell: text as it is, under a caption; a long one is folded."""
    shown = f'<pre style="white-space: pre-wrap; overflow-wrap: anywhere">{escape(text[:MOST])}</pre>'
    if len(text) > MOST:
        shown += f"<p>… {len(text) - MOST:,} more characters</p>"
    head = f'<span style="font: 12px monospace; opacity: .7">{escape(caption)}</span>'
    if text.count("\n") < lines:
        return f"<div>{head}</div>{shown}"
    return f"<details><summary>{head}</summary>{shown}</details>"


def _frame(page: str, styles: str, height: int) -> str:
    inside = (
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">'
        f"<style>{styles.replace('</', '')}</style><body inert>{page}"
    )
    return (
        f'<iframe sandbox="" srcdoc="{escape(inside, quote=True)}" '
        f'style="width: 100%; height: {height}px; border: 1px solid #8884; background: #fff"></iframe>'
    )
