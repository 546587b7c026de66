"""The vocabulary of the captions: several words for one thing, with weights."""

NOUNS = {
    "cube": {"cube": 6, "block": 3},
    "ball": {"ball": 6, "sphere": 3, "globe": 1},
    "cylinder": {"cylinder": 6, "drum": 1},
    "cone": {"cone": 1},
    "pyramid": {"pyramid": 1},
    "ring": {"ring": 6, "hoop": 1, "doughnut": 1},
    "bowl": {"bowl": 6, "basin": 1},
    "cup": {"cup": 5, "mug": 3},
}
ANY_NOUN = {"object": 4, "thing": 3, "item": 2}
COLOURS = {
    "red": {"red": 7, "crimson": 2, "scarlet": 1},
    "orange": {"orange": 8, "tangerine": 1},
    "yellow": {"yellow": 8, "lemon-yellow": 1},
    "green": {"green": 7, "emerald": 1, "grass-green": 1},
    "turquoise": {"turquoise": 6, "teal": 3},
    "blue": {"blue": 7, "azure": 1, "cobalt-blue": 1},
    "purple": {"purple": 6, "violet": 3},
    "pink": {"pink": 7, "rose-coloured": 1},
    "brown": {"brown": 7, "chestnut-brown": 1},
    "white": {"white": 7, "ivory": 1},
    "grey": {"grey": 7, "ash-grey": 1},
    "black": {"black": 7, "jet-black": 1},
}
SIZES = {
    "small": {"small": 6, "little": 3, "tiny": 1},
    "medium": {"medium-sized": 3, "mid-sized": 1},
    "large": {"large": 5, "big": 4, "huge": 1},
}
MATERIALS = {  # before the noun
    "wooden": {"wooden": 1},
    "metal": {"metal": 5, "metallic": 2, "shiny metal": 2},
    "glass": {"glass": 6, "transparent": 2, "see-through": 1},
    "rubber": {"rubber": 1},
    "stone": {"stone": 6, "speckled stone": 1},
    "felt": {"felt": 5, "fuzzy": 2, "woolly": 1},
}
MADE_OF = {  # after it
    "wooden": {"made of wood": 3, "carved from wood": 1},
    "metal": {"made of metal": 1},
    "glass": {"made of glass": 1},
    "rubber": {"made of rubber": 1},
    "stone": {"made of stone": 2, "cut from stone": 1},
    "felt": {"made of felt": 1},
}
GROUNDS = {  # after "on"
    "table": {"a table": 3, "a wooden table": 3, "a tabletop": 1, "a table of planks": 1},
    "sand": {"the sand": 3, "sand": 2, "sandy ground": 2},
    "carpet": {"a carpet": 3, "a striped carpet": 2, "a rug": 2},
    "tiles": {"a tiled floor": 3, "a chequered floor": 2, "floor tiles": 1},
    "studio": {"a plain surface": 3, "a smooth, plain ground": 1},
}
LIGHTS = {
    "warm": {"in warm light": 3, "in the warm light of the evening": 1},
    "cool": {"in cool light": 3, "in cold, bluish light": 1},
    "dim": {"in dim light": 3, "in a dimly lit place": 1},
}
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
RELATIONS = {
    "left_of": {"to the left of": 5, "left of": 2, "on the left of": 1, "on the left side of": 1},
    "right_of": {"to the right of": 5, "right of": 2, "on the right of": 1, "on the right side of": 1},
    "in_front_of": {"in front of": 1},
    "behind": {"behind": 1},
    "next_to": {"next to": 4, "beside": 3, "close to": 2, "right by": 1},
    "on": {"on top of": 3, "on": 1},
    "under": {"under": 2, "underneath": 1, "below": 1},
    "between": {"between": 1},
}
PLACES = {
    "at_left": {"on the left": 4, "on the left side": 2, "at the left": 1},
    "at_right": {"on the right": 4, "on the right side": 2, "at the right": 1},
    "in_middle": {"in the middle": 3, "in the centre": 2},
    "in_foreground": {"in the foreground": 3, "at the front": 2},
    "in_background": {"in the background": 3, "at the back": 2, "farther away": 1},
}
CORNERS = {
    ("in_foreground", "at_left"): {"in the front left corner": 2, "at the front left": 1},
    ("in_foreground", "at_right"): {"in the front right corner": 2, "at the front right": 1},
    ("in_background", "at_left"): {"in the back left corner": 2, "at the back left": 1},
    ("in_background", "at_right"): {"in the back right corner": 2, "at the back right": 1},
}
LIES = {"ring", "ball"}  # these lie, the others stand
