"""The four tools: resolve, label, render, show."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from gazetteer import __version__
from gazetteer.assistants.answering import Answerer
from gazetteer.assistants.limits import Limits
from gazetteer.assistants.shapes import (
    LabelAnswer,
    PlaceAnswer,
    RenderAnswer,
    ResolveAnswer,
)
from gazetteer.display.counts import counted
from gazetteer.errors import GazetteerError
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.gazetteer import Gazetteer

__all__ = ["create_server"]

_P = ParamSpec("_P")
_R = TypeVar("_R")

_NAME = 300
_Short = Annotated[str | None, Field(max_length=_NAME)]
Country = Annotated[
    str | None,
    Field(max_length=_NAME, description="Name, id, scheme:id or ISO 3166-1 code."),
]
Within = Annotated[
    str | None, Field(max_length=_NAME, description="An area: name or id.")
]
Near = Annotated[
    tuple[float, float] | None, Field(description="Latitude, longitude in degrees.")
]
Type = Annotated[
    str | None, Field(max_length=60, description="Such as town, village, district.")
]
Event = Annotated[
    str | None,
    Field(max_length=60, description="When what is told happened: EDTF, e.g. 1992-05."),
]
Published = Annotated[
    str | None, Field(max_length=60, description="When it is told: EDTF.")
]
Mentions = Annotated[
    list[Annotated[str, Field(max_length=_NAME)]] | None,
    Field(max_length=100, description="Other place names of the same text."),
]
Lang = Annotated[str, Field(max_length=60, description="BCP 47 tag.")]
Perspective = Annotated[
    str, Field(max_length=100, description="Whose policy; the instructions list them.")
]
PlaceName = Annotated[
    str, Field(max_length=1000, description="Name, id or scheme:id, e.g. geonames:1.")
]

_INSTRUCTIONS = """\
Place names: which place a written name means, what each side and each style calls it, \
and texts rendered by a stated policy.

It never guesses. Where an outcome is not "matched" there is no place_id: tell the \
user what next_step says, show the candidates, and do not choose one. Never state that \
a contested place lies in one country; each statement is somebody's and says whose.
A text to be rendered has up to {most} characters.

Perspectives: {perspectives}.
Data: version {version}, {places}."""

_LOOKS = ToolAnnotations(
    read_only_hint=True,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=False,
)


def create_server(
    gazetteer: Gazetteer, *, lang: str = "en", limits: Limits | None = None
) -> MCPServer:
    """Return a server with the four tools; ``run()`` serves standard input and output.

    Args:
        gazetteer: what is asked.
        lang: BCP 47 tag of the titles of places.
        limits: how much may be asked for and is told.
    """
    allowed = limits or Limits()
    answerer = Answerer(gazetteer, lang, allowed)
    policies = gazetteer.perspectives
    server: MCPServer = MCPServer(
        "gazetteer",
        title="Place names",
        version=__version__,
        instructions=_INSTRUCTIONS.format(
            perspectives="; ".join(
                f"{each} ({policies[each].title})" for each in policies
            ),
            version=gazetteer.version,
            places=counted(len(gazetteer), "place"),
            most=allowed.most_characters,
        ),
        log_level="WARNING",  # lower levels would write down what was asked
    )

    @server.tool(annotations=_LOOKS, title="Which place is meant")
    @_told
    def resolve(
        query: PlaceName,
        country: Country = None,
        within: Within = None,
        near: Near = None,
        type: Type = None,  # noqa: A002 - the word that an assistant is shown
        text_lang: _Short = None,
        event: Event = None,
        published: Published = None,
        mentions: Mentions = None,
    ) -> ResolveAnswer:
        """Say which place a written name refers to, in any script or spelling.

        Pass what the text says of the place as context. The answer is a place_id only
        where the outcome is matched; otherwise it says what to ask, and who the
        candidates are.
        """
        answer = gazetteer.resolve(
            _sound(query),
            context=Context(
                country, within, near, type, text_lang, event, published,
                tuple(mentions or ()),
            ),
        )  # fmt: skip
        return ResolveAnswer(query=query, **answerer.decision(answer))

    @server.tool(annotations=_LOOKS, title="What a perspective calls a place")
    @_told
    def label(
        place: PlaceName,
        perspective: Perspective = "neutral",
        lang: Lang = "en",
        event: Event = None,
        published: Published = None,
        mention: Literal["first", "later", "compact"] = "first",
    ) -> LabelAnswer:
        """Say what a perspective calls a place, by which rule, rows and sources.

        There is no label where the place is not decided; see outcome and next_step.
        Where the label's text is null the author's own text is to stay.
        """
        context = Context(event=event) if event else None
        answer = gazetteer.resolve(_sound(place), context=context)
        found = answer.match
        policies[perspective]  # a name that there is not is told in any case
        made = None
        if found is not None:
            made = gazetteer.label(
                found.place,
                perspective,
                lang=lang,
                event=event,
                published=published,
                mention=mention,
            )
        return LabelAnswer(
            label=answerer.label(made) if made else None, **answerer.decision(answer)
        )

    @server.tool(annotations=_LOOKS, title="A text with its place names rendered")
    @_told
    def render(
        text: str,
        perspective: Perspective = "neutral",
        lang: Annotated[
            str | None,
            Field(
                max_length=60, description="BCP 47 tag; told by the text if not given."
            ),
        ] = None,
        markup: Literal["plain", "markdown"] = "plain",
        reported: Literal["render", "keep"] = "render",
        country: Country = None,
        within: Within = None,
        event: Event = None,
        published: Published = None,
    ) -> RenderAnswer:
        """Return a text with its place names as a perspective has them, and why.

        Quotations, titles and names that may mean several places are left and listed
        with the reason; use the text as it is returned, and do not rename them.
        """
        if len(text) > allowed.most_characters:
            raise ToolError(
                f"{len(text)} characters are too many; up to "
                f"{allowed.most_characters} would do: render it paragraph by paragraph"
            )
        context = Context(country, within) if country or within else None
        gazetteer.read_context(context)  # which a text without a name would not be
        return answerer.rendering(
            gazetteer.render(
                _sound(text),
                perspective,
                lang=lang,
                markup=markup,
                reported=reported,
                event=event,
                published=published,
                context=context,
            )
        )

    @server.tool(annotations=_LOOKS, title="What is known of a place")
    @_told
    def show(
        place: PlaceName,
        langs: Annotated[
            list[Annotated[str, Field(max_length=60)]] | None,
            Field(max_length=50, description="Only names in these languages, BCP 47."),
        ] = None,
        event: Event = None,
    ) -> PlaceAnswer:
        """Show what is known of a place: names, who uses them, who says what, sources.

        Each statement has who makes it. Nothing is shown where the place is not
        decided; see outcome and next_step.
        """
        context = Context(event=event) if event else None
        answer = gazetteer.resolve(_sound(place), context=context)
        found = answer.match
        return PlaceAnswer(
            place=answerer.place(found.place, langs or ()) if found else None,
            **answerer.decision(answer),
        )

    return server


def _told(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Tell an assistant what is wrong with what it asked, in the library's words."""

    @wraps(function)
    def asked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except GazetteerError as error:
            raise ToolError(str(error)) from error

    return asked


def _sound(text: str) -> str:
    if "\0" in text:
        raise ToolError("a text has no character U+0000")
    return text
