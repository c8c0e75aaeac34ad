"""What several folders of tests share; no folder of tests imports from another, save from the recorded ones in `goldens`.

A process without the kit: `stage` steps a view and shows what its page becomes, `client` plays the frames of a browser,
`uploader` the files of one.

Views and pages: `views` are small ones, `html_pages` makes one of any html and writes down what its DOM heard, `trees` reads
pages as trees, `random_pages` makes whole pages (`happenings` what happens to them, `played` plays them on our side),
`upload_tab` is a tab with an upload.

What is on record: `places` says where, `playing` loads the scenarios, `measured` is what Playwright answered in Chromium.
"""
