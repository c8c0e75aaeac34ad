"""The steps of a timeline as data: what was recorded, made small and the same in every run.

Owns pages as shared nodes (`encoding`), values as text (`values`), who is who (`people`), what the client did (`client`), acts in
few words (`act_summaries`), and their sum: `steps` and `acts`. Law: what two versions of a page share is written once.

Read `encoding`, `values`, `people`, `client`, `act_summaries`, `steps`, `acts`.
"""
