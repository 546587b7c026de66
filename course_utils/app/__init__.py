"""Search your own pictures: `python -m course_utils.app FOLDER`, or from a notebook in a few lines.

    mine = Collection("~/Pictures")
    print(mine.update())
    search(mine, text="two dogs in the snow")

folder.py lists and opens, pictures.py decodes, catalogue.py remembers, indexing.py brings up to date, engine.py holds
the index, collection.py puts them together, searching.py asks, why.py gives words, duplicates.py finds copies;
server.py and page/ are the page in the browser.
"""

from course_utils.app.collection import Collection
from course_utils.app.duplicates import near_duplicates
from course_utils.app.encoders import CLIP, ENCODERS, quick_encoder
from course_utils.app.indexing import Report
from course_utils.app.searching import query_vector, search
from course_utils.app.why import Words
