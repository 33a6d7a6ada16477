"""The cabinet: who takes what out of it, and where that went. The rules are `rules.stock`.

What giving a dose needs is in `doses`. Whatever takes two asks the second person first, with
`actions.second_person.confirm`, and hands them over in the `Act`.
"""
