"""Place names by id in templates of Jinja2.

    environment = Environment(extensions=[PlaceExtension])
    environment.gazetteer = Gazetteer.load()

In a template ``{{ place_id | place }}`` prints the first form of a label once and the
later form afterwards, through the whole document: its parents, includes and macros.
The variables ``perspective``, ``lang``, ``event`` and ``published`` say how. Macros
that name places are to be imported ``with context``; else they know neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.desk.naming import DocumentNames
from gazetteer.gazetteer import Gazetteer
from gazetteer.integrations.extras import need

if TYPE_CHECKING:
    from jinja2 import Environment, pass_context
    from jinja2.ext import Extension
    from jinja2.runtime import Context
else:
    Extension = need("jinja2.ext", "jinja").Extension
    pass_context = need("jinja2", "jinja").pass_context

__all__ = ["PlaceExtension"]

_TemplateRuntimeError = need("jinja2", "jinja").TemplateRuntimeError

# Where a document keeps its names among the variables of its templates.
_NAMES = "_gazetteer_names"


class PlaceExtension(Extension):
    """The filter ``place`` and the functions that go with it.

    ``place_notes()`` gives the footnotes that the labels so far carry, and
    ``note_on_place_names()`` the note that states the policy and its sources.
    """

    def __init__(self, environment: Environment) -> None:
        """Add the filter and the functions to an environment."""
        super().__init__(environment)
        environment.extend(gazetteer=None)
        environment.filters["place"] = _place
        environment.globals["place_notes"] = _place_notes
        environment.globals["note_on_place_names"] = _note_on_place_names
        environment.template_class = _of_documents(environment.template_class)


def _of_documents(template_class: Any) -> Any:
    """Return a class of templates that begin a document each time they are rendered."""

    class DocumentTemplate(template_class):  # type: ignore[misc]
        def new_context(
            self,
            vars: dict[str, Any] | None = None,  # noqa: A002  (Jinja's own word)
            shared: bool = False,
            locals: Any = None,  # noqa: A002
        ) -> Any:
            # A template that is rendered has variables of its own; what it includes
            # shares them; a module of macros without context has none.
            if vars is not None and not shared:
                vars = {**vars, _NAMES: _begin(self.environment, vars)}  # noqa: A001
            return super().new_context(vars, shared, locals)

    return DocumentTemplate


def _begin(environment: Any, variables: dict[str, Any]) -> DocumentNames:
    if environment.gazetteer is None:
        environment.gazetteer = Gazetteer.load()
    known = {**environment.globals, **variables}
    return DocumentNames(
        environment.gazetteer,
        known.get("perspective") or "neutral",
        lang=known.get("lang") or "en",
        event=known.get("event"),
        published=known.get("published"),
    )


def _names(context: Context) -> DocumentNames:
    known = context.get(_NAMES)
    if not isinstance(known, DocumentNames):
        raise _TemplateRuntimeError(
            "a macro that names places does not know its document; import it "
            "'with context'"
        )
    return known


@pass_context
def _place(
    context: Context,
    place_id: str,
    mention: str | None = None,
    perspective: str | None = None,
    lang: str | None = None,
) -> str:
    names = _names(context)
    return names.name(str(place_id), mention, perspective=perspective, lang=lang)


@pass_context
def _place_notes(context: Context) -> list[Any]:
    return _names(context).footnotes


@pass_context
def _note_on_place_names(context: Context, markup: str = "plain") -> str:
    return _names(context).note(markup)
