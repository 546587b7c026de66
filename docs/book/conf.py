"""Settings of the book (`make book`): all lessons with their stored outputs, readable without a network."""

import sys
from pathlib import Path

from course_utils.teaching.colab import address

sys.path.insert(0, str(Path(__file__).parent))  # the two extensions of its own

project = "Image retrieval, hands on"
author = "the authors of the image retrieval course"
copyright = "the authors of the image retrieval course. Text and figures: CC BY 4.0, code: MIT"
extensions = ["myst_nb", "alternatives", "mathml"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the lessons are stored executed
nb_ipywidgets_js = {}  # no lesson stores a widget
html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_show_sourcelink = False
html_use_index = False
html_show_search_summary = False  # it would fetch pages, which a browser refuses from a folder
html_context = {"default_mode": "auto"}  # light or dark as the reader's system says
html_copy_source = False
language = "en"
repository = address()  # of a public copy, for the buttons that open a lesson on Binder or Colab; "" without one
html_theme_options = {
    "use_download_button": True,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "navbar_persistent": [],  # the search stands in the side bar
    "navigation_with_keys": False,
}
if repository:
    html_theme_options |= {
        "repository_url": repository,
        "repository_branch": "main",
        "use_repository_button": True,
        "launch_buttons": {
            "binderhub_url": "https://mybinder.org",
            "colab_url": "https://colab.research.google.com",
            "notebook_interface": "jupyterlab",
        },
    }
