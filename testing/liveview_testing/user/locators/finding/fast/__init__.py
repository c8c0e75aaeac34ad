"""Finding without asking every element: the same answers, sooner.

Owns which elements can be meant at all: rows of long lists (`rows`), what an index knows of roles, labels and attributes
(`candidates`), texts read leaf by leaf (`by_text`); and how many there are, or one of them by its number (`many`). Law: what is
found is what the plain way finds (`selector_engines`, `query`); whatever these cannot tell, it is asked. A reader who wants to know
what is found can skip this room.

Read `rows`, `candidates`, `by_text`, `many`.
"""
