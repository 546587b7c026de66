"""What the page may ask for: pictures by their number, answers, near-duplicates, what was indexed."""

import io

from tornado import web

from course_utils.app.asked import Asked
from course_utils.app.collection import Collection
from course_utils.app.encoders import CLIP
from course_utils.app.folder import NotInFolder
from course_utils.app.indexing import printable
from course_utils.app.pictures import Unreadable
from course_utils.app.searching import also_found, search

MOST = 60  # answers, groups, and pictures of a group of near-duplicates
BEGIN = 24  # pictures to begin with
NO_PICTURE = "there is no picture of this number"


class About(Asked):
    async def get(self):
        mine = self.mine
        days = list(mine.pictures["day"])
        some = mine.pictures.index[:: max(len(mine) // BEGIN, 1)][:BEGIN]
        engine = await self.compute(lambda: mine.index(CLIP)[1] if len(mine) else "nothing to search")
        passed = [[printable(path), why] for path, why in self.report.problems]
        folders = [[folder, printable(folder)] for folder in mine.folders if folder == printable(folder)]
        about = {"folder": printable(str(mine.folder)), "pictures": len(mine), "encoders": list(mine.encoders)}
        about |= {"folders": folders, "first": min(days, default=""), "last": max(days, default=""), "engine": engine}
        about |= {"some": _rows(mine, some), "summary": str(self.report).splitlines()[0], "problems": passed}
        self.finish(about | {"others": dict(self.report.others)})


class Thumbnail(Asked):
    async def get(self, id: str):
        content = self.mine.catalogue.thumbnail(int(id))
        if content is None:
            raise web.HTTPError(404, reason=NO_PICTURE)
        self.set_header("Content-Type", "image/jpeg")
        self.finish(content)


class Picture(Asked):
    async def get(self, id: str):
        try:
            content = await self.compute(self.mine.preview, int(id))
        except KeyError:
            raise web.HTTPError(404, reason=NO_PICTURE) from None
        except NotInFolder:
            raise web.HTTPError(
                403, reason="this file is another one than was indexed; index the folder again"
            ) from None
        except (OSError, Unreadable):
            raise web.HTTPError(410, reason="this file cannot be read any more; index the folder again") from None
        self.set_header("Content-Type", "image/jpeg")
        self.finish(content)


class Search(Asked):
    async def post(self):
        try:
            self.finish(await self.compute(self._answers))
        except Unreadable as error:
            self.set_status(400)
            why = str(error).partition(";")[0]  # "replace it" is meant for files of the folder
            self.finish({"error": f"this file cannot be searched for: {why}; choose another file"})
        except (ValueError, KeyError) as error:
            self.set_status(400)
            self.finish({"error": f"this cannot be searched for: {error.args[0] if error.args else error}"})

    def _answers(self) -> dict:
        mine, get = self.mine, lambda name, default="": self.get_body_argument(name, default)
        uploads = self.request.files.get("picture")
        picture = _known(mine, get("id")) if get("id") else io.BytesIO(uploads[0]["body"]) if uploads else None
        k = min(max(int(get("k", "12")), 1), MOST)
        query = {"picture": picture, "text": get("text"), "wish": float(get("wish", "1"))}
        query |= {name: get(name) for name in ("folder", "since", "until")}
        encoder = CLIP if query["text"].strip() else get("encoder", CLIP)
        answers = search(mine, k=k, encoder=encoder, **query)
        table = {"score": answers["score"].round(3), "day": answers["day"], "why": answers["why"]}
        found = {"encoder": encoder, "answers": _rows(mine, answers.index, **table)}
        others = [name for name in mine.encoders if name != encoder]
        if others and not query["text"].strip():
            both = also_found(mine, answers, others[0], **query)
            found |= {"other": others[0], "shared": [int(id) for id in answers.index[both]]}
        return found


class Duplicates(Asked):
    async def get(self):
        encoder = self.get_query_argument("encoder", "efficientnet_lite0")
        try:
            threshold = float(self.get_query_argument("threshold", "0.95"))
            groups = await self.compute(self.mine.duplicates, threshold, encoder)
        except ValueError as error:
            self.set_status(400)
            self.finish({"error": str(error)})
            return
        self.finish({"groups": [_rows(self.mine, group[:MOST]) for group in groups[:MOST]], "of": len(groups)})


def _known(mine: Collection, text: str) -> int:
    """Return the number of a picture of the collection; ValueError where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) in mine.pictures.index):
        raise ValueError(NO_PICTURE)
    return int(text)


def _rows(mine: Collection, ids, **columns) -> list[dict]:
    paths = mine.pictures["path"]
    rows = [{"id": int(id), "name": printable(paths[id])} for id in ids]
    for name, values in columns.items():
        for row, value in zip(rows, values.tolist(), strict=True):
            row[name] = value
    return rows
