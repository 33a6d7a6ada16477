"""Sphinx settings. The build is strict: a broken reference fails it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Slackwater"
author = "The Slackwater contributors"
copyright = "2026, the Slackwater contributors. Apache-2.0"
extensions = ["myst_parser", "sphinx.ext.autodoc", "public_names"]
# Docstrings say shapes and units, which types do not.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Slackwater"
html_static_path: list[str] = []
myst_heading_anchors = 3
nitpicky = True
