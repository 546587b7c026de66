"""What a data set is called where a reader meets it: nobody may take drawn pictures for the named set."""

from course_utils import config

OWN = "own_scenes"  # pictures of COURSE_SCENES
NOT_DRAWN = (OWN, "prints")  # in whatever profile
TITLES = {
    OWN: "your pictures",
    "prints": "Prints seen by a camera",
    "mit_split": "MIT split",
    "flickr30k": "Flickr30k",
    "flickr8k": "Flickr8k",
    "birds": "CUB birds",
    "birds_described": "CUB birds with captions",
    "birds_by_name": "CUB birds by name",
    "flowers": "Oxford flowers",
    "flowers_by_name": "Oxford flowers by name",
    "fashion_products": "Fashion products",
    "fashion200k": "Fashion200k",
    "mit_states": "MIT-States",
    "css_2d": "CSS, 2D to 3D",
    "css_3d": "CSS, 3D to 3D",
}


def title_of(dataset: str, profile: str | None = None) -> str:
    """Return "Fashion200k, drawn" or "Fashion200k"; None takes the present profile.

    A name that the course does not know, such as that of a test's data, is returned as it is.
    """
    title = TITLES.get(dataset, dataset)
    drawn = (profile or config.profile()) == "drawn" and dataset not in NOT_DRAWN
    return f"{title}, drawn" if drawn else title
