"""Columns of metadata beside vectors: which there may be, and whether values fit them."""

from course_utils.checks import to_numpy

TYPES = {str: "text", int: "int8", float: "float8", bool: "bool"}  # of Python, of SQL
KINDS = {str: "U", int: "iu", float: "iuf", bool: "b"}  # NumPy's letters of what a column takes
OWN = ("id", "place", "embedding")


def check_columns(columns: dict[str, type]) -> dict[str, type]:
    """Return the columns; ValueError for a name that SQL would want quoted, or a type that no column has."""
    for name, kind in columns.items():
        if not (name.isidentifier() and name == name.lower()) or name in OWN:
            raise ValueError(f"a column cannot be called {name!r}: use lower-case letters, digits and _, not {OWN}")
        if kind not in TYPES:
            raise ValueError(f"the column {name} is of {kind}; choose one of: str, int, float, bool")
    return dict(columns)


def check_values(values: dict, columns: dict[str, type], n: int) -> list[list]:
    """Return one list of n plain values for each column, in the order of `columns`; ValueError where one is wrong."""
    if set(values) != set(columns):
        raise ValueError(f"columns are {', '.join(values) or 'none'}; this index has {', '.join(columns) or 'none'}")
    lists = []
    for name, kind in columns.items():
        array = to_numpy(values[name])
        if array.dtype.kind == "O" and all(isinstance(value, str) for value in array.flat):
            array = array.astype(str)  # a pandas column of names
        if array.shape != (n,) or array.dtype.kind not in KINDS[kind]:
            raise ValueError(
                f"column {name} has shape {array.shape} and type {array.dtype}; it needs {n} of {kind.__name__}"
            )
        lists.append(array.tolist())
    return lists


def names_of(columns: dict[str, type]) -> dict[str, str]:
    return {name: kind.__name__ for name, kind in columns.items()}


def types_of(names: dict[str, str]) -> dict[str, type]:
    kinds = {kind.__name__: kind for kind in TYPES}
    return {name: kinds[kind] for name, kind in names.items()}
