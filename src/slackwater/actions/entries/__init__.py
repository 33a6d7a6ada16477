"""The one path by which anything enters a session's log.

Every door (a page, /ingest, a device, the demonstration, a test) makes Commands and calls `record.record`:
authorise, check, write with the leaf, commit, publish.
"""
