"""Sphinx settings. The build is strict: a broken reference fails it."""

project = "Slackwater"
author = "The Slackwater contributors"
copyright = "2026, the Slackwater contributors. Apache-2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Slackwater"
html_static_path: list[str] = []
myst_heading_anchors = 3
nitpicky = True
