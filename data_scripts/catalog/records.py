"""What the catalog says of a data set, or of published weights: the records that its entries fill in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """One file or archive to fetch; checksums and size only where its publisher or a recorded download gives them."""

    what: str
    where: str  # address, or how to get there
    sha256: str = ""
    md5: str = ""
    size: str = ""  # "137 MB" is about right; "1,150,585,339 bytes" is compared
    file: str = ""  # its name as published; of several files a pattern: data/*.parquet
    fills: tuple[str, ...] = ()  # what it brings: beginnings of paths in the layout
    mirrors: tuple[str, ...] = ()  # further addresses, tried in this order after `where`
    hub: str = ""  # a repository of the hub, e.g. datasets/nlphuji/flickr30k, instead of addresses
    sha256_start: str = ""  # where only the first digits are published, in the file's name

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that a program can fetch, first choice first; none for a source that needs a person."""
        return tuple(a for a in (self.where, *self.mirrors) if a.startswith(("http://", "https://")))

    @property
    def by_hand(self) -> bool:
        return not (self.addresses or self.hub)


@dataclass(frozen=True)
class DataSet:
    """Everything the course knows about one data set; paths are relative to <root>/<profile>/<name>/."""

    name: str  # the folder, and the word on the command line
    title: str
    lessons: tuple[str, ...]
    terms: str
    citation: str
    counts: str  # for the reader
    sources: tuple[Source, ...]
    layout: tuple[str, ...]  # what goes where
    place: str  # how to get from the sources to the layout
    # pattern -> number(s) of pictures it matches
    images: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # what data_scripts/convert counts in the files -> number
    files: tuple[str, ...] = ()  # files that have to be there
    traps: tuple[str, ...] = ()  # what surprises a reader of these files
    place_of: str = "data"  # "weights": <root>/real/weights/<name>; "torch": the folder where torchvision looks
