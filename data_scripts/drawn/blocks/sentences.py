"""Ways to say what is in a picture. Each takes a Speaker and returns a sentence without its full stop, or None.

None means: there is nothing in this picture that this kind of sentence could say.
"""

from . import words
from .phrases import Speaker, joined
from .relating import between, chain, relation, relation_on_ground, two_relations


def _some(s: Speaker, least: int, most: int = 5) -> list[int]:
    """A few of the objects, in any order."""
    left, chosen = list(range(len(s.objects))), []
    count = min(len(left), least + int(s.rng.random() * (min(len(left), most) - least + 1)))
    while len(chosen) < count:
        chosen.append(left.pop(int(s.rng.random() * len(left))))
    return chosen


def listing(s: Speaker) -> str:
    names = joined([s.a(i) for i in _some(s, 2, 4)])
    where = s.ground() if s.chance(0.6) else ""
    if not where:
        form = {"{} together": 3, "We see {}": 2, "The picture shows {}": 2, "{}": 2, "A photo of {}": 1}
        return s.word(form).format(names).replace(" together", " standing together")
    return s.word(
        {
            "{} are standing {}": 4,
            "{} stand {}": 2,
            "{} have been placed {}": 2,
            "{} {}": 3,
            "{} are arranged {}": 2,
            "We see {} {}": 1,
            "Someone has put {} {}": 2,
            "A picture of {} {}": 1,
        }
    ).format(names, where)


def counted(s: Speaker) -> str | None:
    found = s.group()
    if found is None:
        return None
    group, members = found
    others = [i for i in range(len(s.objects)) if i not in members]
    names = [group]
    if others and s.chance(0.7):
        names.append(s.a(s.choose(others)))
    where = s.ground() if s.chance(0.5) else ""
    if not where:
        return s.word({"There are {}": 4, "{} can be seen": 2, "{}": 1, "We see {}": 1}).format(joined(names))
    return s.word({"There are {} {}": 3, "{} are standing {}": 3, "{} {}": 2}).format(joined(names), where)


def total(s: Speaker) -> str:
    s.form["total"] = count = len(s.objects)
    noun = s.word({"objects": 4, "things": 2, "solids": 2, "items": 1})
    where = s.ground() if s.chance(0.6) else s.word({"in the picture": 1, "in a group": 1})
    many = f"{words.NUMBERS[count]} {noun}"
    one = s.a(s.choose(list(range(count))))
    return s.word(
        {
            "{many} are standing {where}, one of them {one}": 3,
            "there are {many} {where}, among them {one}": 3,
            "{many} {where}, one of which is {one}": 2,
            "{one} is one of {many} {where}": 2,
        }
    ).format(many=many, where=where, one=one)


def _place(s: Speaker, index: int) -> tuple[str, tuple[str, ...]] | None:
    """Words for where in the picture an object is, and the relations they stand for."""
    true = [name for name in words.PLACES if (index,) in s.clear(name, 1)]
    corner = [pair for pair in words.CORNERS if set(pair) <= set(true)]
    if corner and s.chance(0.5):
        return s.word(words.CORNERS[corner[0]]), corner[0]
    name = s.choose(true)
    return None if name is None else (s.word(words.PLACES[name]), (name,))


def place(s: Speaker) -> str | None:
    options = [(i, found) for i in _some(s, 2) if (found := _place(s, i)) and s.objects[i]["on"] < 0]
    if not options:
        return None
    (a, (where, said)), others = options[0], options[1:]
    turned = s.chance(0.45)
    if turned:
        text = f"{where} {s.verb_before(a)} "
        text += s.a(a)
    else:
        text = s.a(a)
        text += f" {s.stands(a)} {where}"
    for name in said:
        s.relate(name, a)
    different = [(i, found) for i, found in others if found[1] != said]
    if different and s.chance(0.65):
        b, (where, said) = different[0]
        text += f", {where} {s.a(b)}" if turned else f", {s.a(b)} {where}"
        for name in said:
            s.relate(name, b)
    return text


def alone(s: Speaker) -> str:
    """One object and the ground: the caption of somebody in a hurry."""
    index = s.choose([i for i in range(len(s.objects)) if s.objects[i]["on"] < 0])
    name = s.a(index)
    if s.chance(0.5):
        return f"{name} {s.stands(index)} {s.ground()}"
    return f"{s.ground()} {s.verb_before(index)} {name}"


KINDS = {
    listing: 16,
    counted: 7,
    total: 7,
    relation: 20,
    relation_on_ground: 9,
    two_relations: 12,
    chain: 8,
    between: 9,
    place: 12,
    alone: 5,
}
