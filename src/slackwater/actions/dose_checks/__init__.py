"""The check of a dose by two people: what a scanned vial is, what the two read, and the dose it allows.

`scanning.look` says what a code is, `keeping.keep` keeps a check, `giving` asks for it when a dose is charted
and takes the dose out of the cabinet, and `cases` opens a case about a dose that nobody checked.
"""
