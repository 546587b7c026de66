"""The words that people find for the sizes, beaks, tails, patterns and doings of birds."""

SIZE = {
    "songbird": ("small", "small", "tiny", "little"),
    "finch": ("small", "small", "plump", "stout"),
    "jay": ("medium sized", "medium", "long tailed"),
    "swallow": ("small", "slender", "sleek"),
    "woodpecker": ("medium sized", "medium", "upright"),
    "duck": ("medium sized", "large", "plump"),
    "gull": ("large", "medium sized", "big"),
    "heron": ("large", "tall", "long legged", "very tall"),
    "wader": ("medium sized", "small", "long legged"),
    "raptor": ("large", "powerful", "big"),
    "hummingbird": ("tiny", "very small", "small"),
}
BEAK = {
    "songbird": ("short pointed", "small pointed", "thin", "short thin", "tiny"),
    "finch": ("short thick", "stubby", "cone shaped", "stout", "short and thick"),
    "jay": ("pointed", "strong", "medium length", "straight"),
    "swallow": ("tiny", "very short", "small"),
    "woodpecker": ("long straight", "long pointed", "chisel shaped", "sharp"),
    "duck": ("flat", "wide flat", "broad", "long flat"),
    "gull": ("hooked", "curved", "slightly hooked"),
    "heron": ("long pointed", "long straight", "dagger like", "very long"),
    "wader": ("long thin", "long", "long and slightly curved", "very long"),
    "raptor": ("hooked", "short hooked", "sharp curved", "curved"),
    "hummingbird": ("long thin", "needle like", "very long", "long slender"),
}
TAIL = {
    "forked": ("forked", "deeply forked", "long forked", "split"),
    "notched": ("short", "notched", "small"),
    "rounded": ("long", "long rounded", "rounded"),
    "pointed": ("pointed", "stiff", "short pointed"),
    "square": ("short", "square", "straight"),
}
PATTERN = {
    "streaked": ("with {s} streaks", "streaked with {s}", "with {s} stripes running down"),
    "spotted": ("with {s} spots", "spotted with {s}", "speckled with {s}"),
    "barred": ("with {s} bars", "barred with {s}", "with {s} horizontal stripes"),
}
DOES = {
    "flying": ("in flight", "flying with its wings spread", "in the air"),
    "swimming": ("swimming", "floating on the water", "sitting on water"),
    "perched": ("on a branch", "sitting on a twig", "perched on a limb"),
    "climbing": ("clinging to a trunk", "on the side of a tree"),
    "standing": ("standing", "on the ground"),
}
