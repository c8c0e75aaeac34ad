"""Html as text: what a test compares, and what a snapshot shows.

Owns `Html`, `Redirected`, and the reading of html into tags and texts. Law: two texts that mean the same to a browser are
equal, and reading never fails.

Read `html_reader`, `pretty_html`, `html`, then `notebook_frame`, which shows it in a notebook.
"""

FACE = ("notebook_frame", "html", "html_reader", "pretty_html")
