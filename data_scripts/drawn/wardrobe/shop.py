"""What the shop sells: article types with the words for their parts, and which products there are how many of."""

from dataclasses import dataclass, field

# one entry in few lines, so that the eye can compare them
# fmt: off


@dataclass(frozen=True)
class Kind:
    """An article type.

    parts     part -> {word: weight}; the word "" is the usual form, which no name mentions
    patterns  {pattern: weight} for men, `ladies` for women where it differs
    """

    master: str
    sub: str
    nouns: tuple[str, ...]
    family: str
    patterns: dict[str, float] = field(default_factory=lambda: {"Solid": 1})
    ladies: dict[str, float] = field(default_factory=dict)
    parts: dict[str, dict[str, float]] = field(default_factory=dict)
    ladies_parts: dict[str, dict[str, float]] = field(default_factory=dict)


FIT = {"": 5, "Slim Fit": 2, "Regular Fit": 1}
LEATHER = {"Solid": 8, "Textured": 1}
KINDS = {
    "Tshirts": Kind("Apparel", "Topwear", ("T-shirt", "Tshirt", "Tee"), "clothes",
                    {"Graphic": 4, "Striped": 3, "Solid": 3, "Melange": 1, "Colourblocked": 1, "Abstract Print": 0.5},
                    {"Graphic": 3, "Striped": 2, "Solid": 2, "Floral": 2, "Polka Dots": 1},
                    {"neck": {"Round Neck": 5, "Polo": 4, "V-neck": 2, "Henley": 1},
                     "sleeve": {"": 7, "Full Sleeves": 1.5, "Sleeveless": 0.6}, "fit": FIT},
                    {"neck": {"Round Neck": 4, "V-neck": 3, "Scoop Neck": 2}, "sleeve": {"": 5, "Sleeveless": 2,
                            "Cap Sleeves": 1}}),
    "Shirts": Kind("Apparel", "Topwear", ("Shirt", "Shirts"), "clothes",
                   {"Checked": 5, "Striped": 3, "Solid": 4, "Pinstriped": 1, "Floral": 0.5},
                   {"Checked": 3, "Solid": 4, "Floral": 2, "Striped": 2},
                   {"sleeve": {"": 5, "Short Sleeves": 2}, "fit": FIT, "pocket": {"": 6, "Flap Pocket": 1}}),
    "Tops": Kind("Apparel", "Topwear", ("Top", "Tops", "Blouse"), "women",
                 {"Solid": 4, "Floral": 3, "Polka Dots": 1.5, "Striped": 1.5, "Animal Print": 1, "Embroidered": 1,
                         "Abstract Print": 1},
                 {}, {"neck": {"Round Neck": 3, "V-neck": 2, "Scoop Neck": 2, "Boat Neck": 1.5, "Strappy": 1.5},
                      "sleeve": {"": 3, "Sleeveless": 3, "Three-Quarter Sleeves": 2, "Cap Sleeves": 1}, "fit": {"": 4,
                              "Loose Fit": 1}}),
    "Kurtas": Kind("Apparel", "Topwear", ("Kurta", "Kurti"), "ethnic", {"Solid": 4, "Striped": 2, "Embroidered": 2},
                   {"Floral": 3, "Embroidered": 3, "Solid": 2, "Abstract Print": 2, "Striped": 1},
                   {"neck": {"": 4, "V-neck": 1}, "sleeve": {"": 3, "Full Sleeves": 3, "Short Sleeves": 1}},
                   {"neck": {"": 3, "V-neck": 2}, "sleeve": {"": 4, "Sleeveless": 2, "Short Sleeves": 1}}),
    "Jackets": Kind("Apparel", "Topwear", ("Jacket",), "clothes", {"Solid": 8, "Colourblocked": 1.5},
                    {}, {"front": {"": 1.5, "Hooded": 2, "Quilted": 2.5, "Bomber": 2, "Denim": 1}}),
    "Sweaters": Kind("Apparel", "Topwear", ("Sweater", "Pullover"), "clothes",
                     {"Solid": 3, "Striped": 3, "Cable Knit": 3, "Ribbed": 1.5, "Melange": 1},
                     {}, {"neck": {"Round Neck": 4, "V-neck": 4, "Turtle Neck": 1.5}, "sleeve": {"": 7,
                             "Sleeveless": 1.5}}),
    "Sweatshirts": Kind("Apparel", "Topwear", ("Sweatshirt",), "clothes", {"Solid": 4, "Graphic": 4,
            "Colourblocked": 2, "Melange": 1},
                        {}, {"front": {"": 3, "Hooded": 4}}),
    "Dresses": Kind("Apparel", "Dress", ("Dress",), "women",
                    {"Solid": 4, "Floral": 3, "Polka Dots": 1.5, "Striped": 1, "Colourblocked": 1, "Animal Print": 1,
                            "Embroidered": 0.7},
                    {}, {"neck": {"": 3, "V-neck": 2, "Scoop Neck": 2, "Strappy": 1.5, "Boat Neck": 1},
                         "sleeve": {"": 4, "Short Sleeves": 1.5, "Three-Quarter Sleeves": 1},
                         "length": {"": 3, "Mini": 2, "Midi": 2, "Maxi": 2}, "fit": {"": 2, "A-line": 2, "Skater": 2,
                                 "Bodycon": 1},
                         "waist": {"": 4, "Belted": 1.5}}),
    "Skirts": Kind("Apparel", "Bottomwear", ("Skirt",), "women",
                   {"Solid": 4, "Floral": 2, "Checked": 1.5, "Striped": 1, "Polka Dots": 1, "Abstract Print": 1},
                   {}, {"fit": {"": 1, "A-line": 3, "Pencil": 2, "Pleated": 2, "Tiered": 1.5},
                        "length": {"": 2, "Mini": 2, "Knee Length": 2, "Maxi": 1.5}, "front": {"": 5,
                                "Button Front": 1}}),
    "Jeans": Kind("Apparel", "Bottomwear", ("Jeans",), "clothes", {"Solid": 4, "Washed": 5}, {},
                  {"fit": {"Slim Fit": 3, "Straight": 2, "Bootcut": 1.5, "Skinny": 2, "Regular Fit": 1},
                   "wash": {"": 5, "Distressed": 1.5}}),
    "Trousers": Kind("Apparel", "Bottomwear", ("Trousers", "Chinos"), "clothes", {"Solid": 6, "Pinstriped": 1.5,
            "Checked": 1}, {},
                     {"fit": {"": 3, "Slim Fit": 3, "Straight": 1.5, "Loose Fit": 1}, "pocket": {"": 7, "Cargo": 1}}),
    "Track Pants": Kind("Apparel", "Bottomwear", ("Track Pants", "Joggers"), "sport", {"Solid": 6, "Melange": 1}, {},
                        {"side": {"": 2, "Side Stripes": 4}, "fit": {"": 4, "Slim Fit": 1, "Loose Fit": 1}}),
    "Shorts": Kind("Apparel", "Bottomwear", ("Shorts",), "clothes",
                   {"Solid": 5, "Checked": 3, "Striped": 1.5, "Camouflage": 1.5, "Floral": 0.7}, {},
                   {"waist": {"": 3, "Drawstring": 2}, "pocket": {"": 4, "Cargo": 2}, "length": {"": 3,
                           "Knee Length": 1.5},
                    "side": {"": 6, "Side Stripes": 1}}),
    "Casual Shoes": Kind("Footwear", "Shoes", ("Casual Shoes", "Sneakers"), "shoes", {"Solid": 8, "Checked": 1,
            "Camouflage": 0.5},
                         {"Solid": 6, "Floral": 1.5, "Polka Dots": 1},
                         {"form": {"Leather": 3, "Canvas": 3, "Slip-on": 2, "Loafers": 2, "Espadrilles": 0.7},
                          "top": {"": 4, "High Top": 1.2}, "sole": {"": 4, "Gum": 1}}),
    "Sports Shoes": Kind("Footwear", "Shoes", ("Sports Shoes", "Running Shoes", "Trainers"), "sport", {"Solid": 1}),
    "Formal Shoes": Kind("Footwear", "Shoes", ("Formal Shoes",), "shoes", {"Solid": 1}, {},
                         {"form": {"Slip-on": 3, "Derby": 3, "Oxford": 2, "Monk Strap": 1.5}, "toe": {"": 4,
                                 "Cap Toe": 1.5, "Brogue": 1.5}}),
    "Heels": Kind("Footwear", "Shoes", ("Heels", "Pumps"), "ladies' shoes", {"Solid": 8, "Animal Print": 1,
            "Polka Dots": 0.5}, {},
                  {"form": {"": 3, "Peep Toe": 2.5, "Ankle Strap": 2, "Strappy": 2}, "heel": {"Stiletto": 4,
                          "Block Heel": 2.5, "Wedge": 2.5},
                   "height": {"": 3, "High Heel": 3, "Mid Heel": 2, "Kitten Heel": 1.5}, "trim": {"": 5, "Bow": 1}}),
    "Flats": Kind("Footwear", "Shoes", ("Flats", "Ballerinas"), "ladies' shoes", {"Solid": 6, "Animal Print": 1,
            "Floral": 1, "Checked": 0.5}, {},
                  {"form": {"": 4, "Mules": 1.5}, "trim": {"": 3, "Bow": 2.5, "Embellished": 2}}),
    "Boots": Kind("Footwear", "Shoes", ("Boots",), "ladies' shoes", {"Solid": 1}, {},
                  {"height": {"Ankle": 4, "Knee High": 2.5, "": 1}, "form": {"Lace-up": 3, "Chelsea": 2,
                          "Buckled": 3}}),
    "Sandals": Kind("Footwear", "Sandal", ("Sandals",), "shoes", {"Solid": 1}, {},
                    {"form": {"Two Strap": 3, "Cross Strap": 3, "Ankle Strap": 2, "Gladiator": 1.5}}),
    "Flip Flops": Kind("Footwear", "Flip Flops", ("Flip Flops", "Slippers"), "shoes",
                       {"Solid": 5, "Striped": 2, "Camouflage": 1, "Checked": 1}, {"Solid": 3, "Floral": 3,
                               "Polka Dots": 2, "Striped": 1}),
    "Watches": Kind("Accessories", "Watches", ("Watch",), "small", {"Solid": 1}, {},
                    {"dial": {"": 5, "Round Dial": 1, "Square Dial": 2, "Tonneau Dial": 0.8},
                     "strap": {"Leather Strap": 5, "Steel Strap": 4, "Rubber Strap": 2},
                     "display": {"": 5, "Chronograph": 3, "Digital": 1.5}},
                    {"dial": {"": 4, "Round Dial": 1, "Square Dial": 2, "Tonneau Dial": 1},
                     "strap": {"Leather Strap": 4, "Steel Strap": 4}, "case": {"": 3, "Gold-Toned": 2,
                             "Embellished": 2}}),
    "Handbags": Kind("Accessories", "Bags", ("Handbag", "Bag"), "small",
                     {"Solid": 7, "Animal Print": 1, "Checked": 0.8, "Floral": 0.8, "Abstract Print": 0.6}, {},
                     {"form": {"Tote": 3, "Satchel": 3, "Hobo": 2, "Sling": 2, "Clutch": 1.5}, "trim": {"": 4,
                             "Buckled": 1.5, "Tassel": 1.2}}),
    "Backpacks": Kind("Accessories", "Bags", ("Backpack",), "small",
                      {"Solid": 5, "Colourblocked": 2, "Checked": 1, "Camouflage": 1, "Striped": 0.7}, {},
                      {"form": {"": 3, "Laptop": 2, "Rucksack": 2}}),
    "Wallets": Kind("Accessories", "Wallets", ("Wallet",), "small", LEATHER, {"Solid": 4, "Animal Print": 1.5,
            "Floral": 1.5, "Textured": 1},
                    {"form": {"": 4, "Bifold": 2}, "closure": {"": 4, "Zip Around": 1, "Flap": 1}},
                    {"form": {"Long": 4, "": 1}, "closure": {"Flap": 2, "Zip Around": 2}}),
    "Belts": Kind("Accessories", "Belts", ("Belt",), "small", {"Solid": 1}, {},
                  {"form": {"": 4, "Braided": 1.5}, "buckle": {"": 4, "Gold Buckle": 2, "Plate Buckle": 2}}),
    "Sunglasses": Kind("Accessories", "Eyewear", ("Sunglasses",), "small", {"Solid": 1}, {},
                       {"form": {"Wayfarer": 3, "Aviator": 3, "Rectangle": 2, "Sporty": 1.5, "Round": 0.8}},
                       {"form": {"Oversized": 4, "Wayfarer": 2, "Round": 1.5, "Aviator": 1}}),
    "Caps": Kind("Accessories", "Headwear", ("Cap",), "sport", {"Solid": 5, "Checked": 1, "Camouflage": 1.5,
            "Colourblocked": 1.5, "Striped": 0.8}, {},
                 {"form": {"": 6, "Beanie": 1.2}, "visor": {"": 3, "Contrast Visor": 1.5}}),
    "Ties": Kind("Accessories", "Ties", ("Tie",), "clothes", {"Striped": 4, "Solid": 2, "Polka Dots": 2, "Checked": 1,
            "Abstract Print": 1}, {},
                 {"knot": {"": 7, "Bow": 1}, "width": {"": 3, "Slim": 1.5}}),
    "Earrings": Kind("Accessories", "Jewellery", ("Earrings",), "small", {"Solid": 1}, {},
                     {"form": {"Drop": 3, "Stud": 2.5, "Hoop": 2, "Jhumka": 2, "Chandelier": 2}}),
    "Socks": Kind("Accessories", "Socks", ("Socks",), "sport", {"Solid": 3, "Striped": 4, "Polka Dots": 1,
            "Checked": 1}, {},
                  {"length": {"": 3, "Ankle Length": 2, "Knee Length": 1}, "toe": {"": 3, "Contrast Toe": 1}}),
}

# gender, article type, usage: colour/season of every attribute group that has many products
GROUPS = """
Men|Tshirts|Casual: Black/Summer White/Summer Navy_Blue/Summer Grey/Fall Red/Summer Green/Summer Blue/Fall Black/Fall
Men|Tshirts|Sports: Black/Summer Blue/Summer White/Summer
Women|Tshirts|Casual: White/Summer Pink/Summer Black/Summer Purple/Fall
Boys|Tshirts|Casual: Blue/Summer Red/Summer
Girls|Tshirts|Casual: Pink/Summer
Men|Shirts|Casual: Blue/Fall White/Summer Black/Fall Green/Summer Red/Fall Blue/Summer
Men|Shirts|Formal: White/Summer Blue/Summer Purple/Fall
Women|Tops|Casual: Black/Summer White/Summer Pink/Summer Blue/Summer Green/Fall
Women|Kurtas|Ethnic: Red/Fall Blue/Summer Green/Fall White/Summer Purple/Fall
Men|Kurtas|Ethnic: White/Summer Beige/Fall
Women|Dresses|Casual: Black/Summer Blue/Summer Red/Spring
Women|Dresses|Party: Black/Winter
Women|Skirts|Casual: Black/Summer Blue/Summer
Men|Jeans|Casual: Blue/Fall Black/Fall Blue/Summer
Women|Jeans|Casual: Blue/Summer
Men|Trousers|Formal: Black/Fall Grey/Fall
Men|Trousers|Casual: Khaki/Summer
Men|Shorts|Casual: Beige/Summer Navy_Blue/Summer
Men|Shorts|Sports: Black/Summer
Men|Track Pants|Sports: Black/Fall Grey/Fall
Men|Jackets|Casual: Black/Winter Brown/Winter
Women|Jackets|Casual: Black/Winter
Men|Sweaters|Casual: Grey/Winter Maroon/Winter Navy_Blue/Winter
Men|Sweatshirts|Casual: Black/Winter Grey/Winter
Women|Sweatshirts|Casual: Pink/Winter
Men|Casual Shoes|Casual: Black/Summer Brown/Winter White/Summer Blue/Fall
Women|Casual Shoes|Casual: White/Summer
Men|Sports Shoes|Sports: White/Summer Black/Summer Blue/Fall Grey/Fall
Women|Sports Shoes|Sports: White/Summer
Men|Formal Shoes|Formal: Black/Winter Brown/Winter
Women|Heels|Casual: Black/Winter Beige/Summer Red/Winter
Women|Flats|Casual: Black/Summer Brown/Summer
Women|Boots|Casual: Black/Winter Brown/Winter
Men|Sandals|Casual: Brown/Summer Black/Summer
Men|Flip Flops|Casual: Black/Summer Blue/Summer
Women|Flip Flops|Casual: Pink/Summer
Men|Watches|Casual: Black/Winter White/Winter Blue/Winter
Women|Watches|Casual: White/Winter Pink/Winter
Women|Handbags|Casual: Black/Summer Brown/Winter Red/Summer Beige/Summer
Unisex|Backpacks|Casual: Black/Summer Blue/Summer
Men|Wallets|Casual: Brown/Summer Black/Summer
Men|Belts|Casual: Black/Summer Brown/Summer
Men|Sunglasses|Casual: Black/Winter
Women|Sunglasses|Casual: Brown/Winter
Men|Caps|Casual: Black/Summer
Men|Ties|Formal: Blue/Summer
Women|Earrings|Casual: Gold/Summer
Men|Socks|Casual: Black/Summer
"""
SEASONS = ("Summer", "Fall", "Winter", "Spring")
SEASON_OF = {"Jackets": "Winter", "Sweaters": "Winter", "Sweatshirts": "Winter", "Boots": "Winter", "Watches": "Winter",
             "Sunglasses": "Winter", "Track Pants": "Fall", "Jeans": "Fall", "Kurtas": "Fall"}
PALETTES = {
    "Men": ("Black", "Blue", "White", "Grey", "Navy Blue", "Brown", "Green", "Red", "Olive", "Charcoal", "Maroon",
            "Khaki", "Yellow",
            "Orange", "Teal", "Cream"),
    "Women": ("Black", "Pink", "White", "Red", "Blue", "Purple", "Beige", "Green", "Peach", "Magenta", "Lavender",
            "Turquoise Blue", "Brown",
              "Yellow", "Mustard", "Cream", "Teal", "Maroon"),
}
SECONDS = ("White", "Black", "Red", "Grey", "Navy Blue", "Blue", "Yellow", "Cream", "Green", "Orange", "Pink",
        "Turquoise Blue", "Beige")
LEATHERS = ("Black", "Brown", "Tan", "Coffee Brown", "Navy Blue", "White", "Grey")  # straps, frames, trims
MODELS = ("Alto", "Breeze", "Cove", "Delmar", "Essence", "Flint", "Grove", "Halo", "Indigo Trail", "Junction", "Kite",
        "Lumen", "Meridian",
          "Nomad", "Orchard", "Pioneer", "Quest", "Ridge", "Summit", "Tempo", "Union", "Vista", "Weekend", "Zen")
