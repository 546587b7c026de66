"""Settings of the slides (`make slides`)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # mathml

project = "Image retrieval, hands on"
author = "the authors of the image retrieval course"
extensions = ["myst_parser", "sphinx_revealjs", "mathml"]
exclude_patterns = ["slides.py"]
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["myst.header"]  # a section without a figure has no third level
revealjs_static_path = ["_static"]
revealjs_style_theme = "white"
revealjs_css_files = ["slides.css"]
revealjs_script_conf = {"hash": True, "slideNumber": "c/t", "transition": "none", "width": 1280, "height": 720}
language = "en"
