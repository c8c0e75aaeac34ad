"""What several folders of tests share: how a process is driven without the kit.

`stage` steps a view and shows what its page becomes, `client` plays the frames of a browser, `uploader` the files of one.
"""
