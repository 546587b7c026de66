"""Everyday words in groups that mean about the same: what the small text networks shall learn to keep together.

A table maps a meaning to the words for it. Tables are written as text, one meaning a line: `meaning: word, word, ...`;
the meaning's own name is a word for it, too.
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    meanings = {}
    for line in text.strip().splitlines():
        name, _, others = line.strip().partition(":")
        meanings[name.strip()] = (name.strip(), *(word.strip() for word in others.split(",") if word.strip()))
    return meanings


COLOURS = _table("""
    red: crimson, scarlet, ruby, reddish, bright red, dark red
    orange: tangerine, amber, apricot
    yellow: golden, lemon, yellowish, bright yellow, mustard
    green: emerald, lime, olive, greenish, dark green
    blue: azure, navy, sky blue, cobalt, bluish, light blue
    turquoise: teal, cyan, aqua
    purple: violet, lilac, lavender, mauve
    pink: rose, pinkish, magenta, fuchsia
    brown: chestnut, tan, brownish, chocolate, rust
    black: jet black, coal black, blackish
    white: snow white, ivory, cream, whitish, pale white
    grey: gray, silver, ashen, greyish, charcoal
""")
SIZES = _table("""
    small: little, tiny, mini
    medium: middle-sized, medium-sized
    large: big, huge, giant
""")
MATERIALS = _table("""
    wooden: wood, made of wood, oak
    metal: metallic, steel, shiny metal
    glass: see-through, transparent
    rubber: matte, dull rubber
    stone: marble, rocky
    plastic: vinyl
    cloth: woven, fabric, textile
""")
OBJECTS = _table("""
    ball: sphere, globe
    cube: box, block
    cylinder: tube, drum
    cone: pointed cone
    pyramid: tetrahedron
    ring: hoop, torus
    star: five-pointed star
    disc: circle, round plate
    square: rectangle, tile
    triangle: wedge
    cup: mug, beaker
    bottle: flask
    chair: seat, stool
    table: desk
    book: notebook, volume
    car: automobile, vehicle
    boat: ship
    dog: puppy, hound
    cat: kitten
    horse: pony
""")
GROUNDS = _table("""
    grass: lawn, meadow, turf
    sand: beach, sandy ground
    floor: floorboards, ground
    carpet: rug, mat
    snow: snowy ground
    street: road, pavement
    water: pond, lake
    shelf: rack, board
""")
PLACES = _table("""
    left of: to the left of, on the left side of
    right of: to the right of, on the right side of
    above: over, higher than
    below: under, beneath, underneath
    behind: at the back of
    in front of: before
    next to: beside, near, close to
    on top of: on, resting on
    inside: in, within
    between: amid
""")
FLOWERS = _table("""
    flower: blossom, bloom
    rose: garden rose
    tulip: spring tulip
    lily: water lily
    daisy: oxeye daisy
    orchid: moth orchid
    poppy: field poppy
    iris: bearded iris
    sunflower: large sunflower
""")
PETALS = _table("""
    round: rounded, circular
    pointed: pointy, sharp, tapered, spiky
    long: elongated, narrow, slender, thin
    wide: broad
    frilly: ruffled, wavy, crinkled, frilled
    heart-shaped: notched
    bell-shaped: cupped, cup-shaped, trumpet-shaped
    layered: overlapping, stacked, double
""")
PATTERNS = _table("""
    striped: stripes, lined, streaked, veined
    spotted: dotted, speckled, freckled, with spots
    plain: solid, uniform, unpatterned
    edged: rimmed, bordered, outlined
    blended: shaded, fading, gradient
    checked: chequered, plaid
""")
LEAVES = _table("""
    leaves: foliage, leaf
    thorns: prickles, spines
    buds: bud
    vines: tendrils
""")
BIRDS = _table("""
    bird: small bird, songbird, winged animal
    sparrow: finch, bunting
    gull: seagull, tern
    warbler: wren
    woodpecker: flicker
    duck: mallard, waterbird
    crow: raven, blackbird
    hummingbird: nectar bird
    owl: night bird
    hawk: bird of prey, falcon, eagle
""")
PARTS = _table("""
    wings: wing, wing feathers
    breast: chest
    belly: abdomen, underside, underparts
    back: upperparts, mantle
    crown: top of the head, cap
    throat: neck, nape
    tail: tail feathers, rectrices
    legs: feet, tarsus, claws
    eyes: eye, eye ring
""")
BEAKS = _table("""
    short beak: short bill, stubby beak, small bill
    long beak: long bill, lengthy beak
    hooked beak: curved bill, hooked bill, bent beak
    pointed beak: sharp bill, pointy beak
    flat beak: broad bill, wide beak
""")
GARMENTS = _table("""
    shirt: blouse, top
    t-shirt: tee
    dress: gown, frock
    skirt: miniskirt, wrap skirt
    trousers: pants, slacks
    jeans: denims, denim trousers
    jacket: coat, blazer, parka
    sweater: jumper, pullover, cardigan
    shorts: short trousers
    shoes: footwear, loafers
    trainers: sneakers, running shoes, sports shoes
    sandals: flip flops, slippers
    heels: pumps, high-heeled shoes
    handbag: bag, purse, clutch
    backpack: rucksack
    watch: wristwatch, timepiece
    scarf: shawl, stole
    cap: hat, beanie
    belt: leather belt
    sunglasses: shades, eyewear
""")
WEARERS = _table("""
    men: man, male, gentlemen, boys
    women: woman, female, ladies, girls
    unisex: everyone, men and women
""")
SEASONS = _table("""
    summer: hot days, summertime
    winter: cold days, wintertime
    spring: springtime
    autumn: fall, rainy days
""")
OCCASIONS = _table("""
    casual: everyday, relaxed, leisure
    formal: office, business, elegant
    sports: sporty, athletic, training, gym
    party: festive, evening
    ethnic: traditional
    travel: holiday, journey
""")
SCENES = _table("""
    coast: beach, seashore, shore
    forest: wood, woodland, trees
    mountain: mountains, peak, rocky slope
    field: open country, countryside, pasture
    street: road, lane
    city: town, downtown
    highway: motorway, freeway
    skyscraper: tall building, tower
    garden: park, flower bed
    river: stream, brook
""")
LIGHTS = _table("""
    sunny: bright, in full sun, sunlit
    cloudy: overcast, grey sky
    foggy: misty, hazy
    evening: dusk, sunset, twilight
    night: dark, after dark
    rainy: wet, in the rain
""")
STATES = _table("""
    fresh: new, ripe
    wilted: drooping, withered, faded
    frosted: icy, frozen
    dry: dried, parched
    wet: dewy, soaked
    broken: torn, damaged
    open: unfolded, in full bloom
    closed: folded, shut
""")
