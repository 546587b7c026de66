"""Files of a hub repository: which there are, how large, with which checksum, all of one revision.

`huggingface_hub` asks; the bytes then come through our own transport, which goes on where an earlier run stopped.
"""

from dataclasses import replace
from fnmatch import fnmatchcase

from ..catalog import Source
from .errors import CannotFetch

ENDPOINT = None  # the public hub


def expand(source: Source) -> list[Source]:
    """Return one source with an address for each file of the repository that matches `source.file`.

    Raises CannotFetch if the hub cannot be asked or has no such file.
    """
    from huggingface_hub import HfApi, hf_hub_url

    kind = "dataset" if source.hub.startswith("datasets/") else "model"
    name = source.hub.removeprefix("datasets/")
    try:
        info = HfApi(endpoint=ENDPOINT, token=False).repo_info(name, repo_type=kind, files_metadata=True, timeout=30)
    except Exception as error:  # whatever the library's own transport raises: there is no answer
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CannotFetch(f"the hub does not answer for {name}: {reason}") from None
    files = [file for file in info.siblings if fnmatchcase(file.rfilename, source.file)]
    if not files:
        raise CannotFetch(f"the hub repository {name} holds no {source.file} any more")
    return [
        replace(
            source,
            where=hf_hub_url(name, file.rfilename, repo_type=kind, revision=info.sha, endpoint=ENDPOINT),
            file=file.rfilename.rpartition("/")[2],
            size=f"{file.size:,} bytes" if file.size else "",
            sha256=getattr(file.lfs, "sha256", "") or "",
            hub="",
        )
        for file in files
    ]
