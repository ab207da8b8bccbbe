"""The one object that users hold: places, answers, labels and rendered texts."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import (
    PolicyError,
    QueryTypeError,
    StoreError,
    UnknownPlaceError,
)
from gazetteer.index import Index
from gazetteer.opening import DEFAULT, open_source
from gazetteer.resolve import Context, Resolver
from gazetteer.store.stack import Stack
from gazetteer.store.tables import (
    StackedPlaces,
    perspective_texts,
    tables_of,
)
from gazetteer.tables import current_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.documents import RenderedDocument
    from gazetteer.index.compile import Progress
    from gazetteer.labels import Comparison, Label, Labeller, Perspectives
    from gazetteer.model import Place, Tables
    from gazetteer.render import Renderer, Rendering
    from gazetteer.resolve import Policy, Resolution, Resolutions
    from gazetteer.resolve.context import Reading
    from gazetteer.store import Store
    from gazetteer.text import Mention, ProtectedSpan

__all__ = ["Gazetteer"]

# To look for ids that are close to a mistyped one takes long among more.
_FEW_PLACES = 20_000


class _Loaded(NamedTuple):
    """One source as it was loaded, to load it again in another process."""

    source: str
    content: str


class Gazetteer:
    """Places and their names, ready to be looked up, labelled and found in text.

    A gazetteer never changes after `load`; threads and forked processes may share
    one. Pickled, it is no more than the paths of its sources and the hashes of what
    they held: whoever unpickles it needs the same files in the same places.
    """

    def __init__(self, tables: Tables) -> None:
        """Hold tables that were read and checked; most callers want `load`."""
        self._tables = tables
        self._loaded: tuple[_Loaded, ...] = ()

    @classmethod
    def load(cls, *sources: str | Path, progress: Progress | None = None) -> Gazetteer:
        """Open data; earlier sources win.

        Args:
            *sources: stores that ``gazetteer build`` wrote, directories of tables, or
                ``"default"`` for the data in the package; none means that data alone.
                A directory may hold a few rows only: names, usages, relations or
                perspectives for places of a later source. It is checked and compiled
                when it is first seen, and kept in the user's cache directory.
            progress: told how far the compiling of a directory is; see
                `gazetteer.index.compile.Progress`.

        Raises:
            DataNotFoundError: if a source does not exist.
            DataError: listing every fault of a directory, with file, line and column.
                The data in the package is not checked again: it was before release.
            StoreError: if a store is damaged, or of another version.
        """
        stores: list[Store] = []
        loaded: list[_Loaded] = []
        for source in reversed(sources or (DEFAULT,)):
            store = open_source(source, stores, progress)
            stores.insert(0, store)
            where = source if source == DEFAULT else Path(source).absolute()
            loaded.insert(0, _Loaded(str(where), store.content))
        gazetteer = cls(tables_of(Stack(stores)))
        gazetteer._loaded = tuple(loaded)
        return gazetteer

    def __reduce__(self) -> tuple[Callable[..., Gazetteer], tuple[Any, ...]]:
        """Send what was loaded, not what it held."""
        if self._loaded:
            return _load_again, (self._loaded,)
        return Gazetteer, (self._tables,)

    # ------------------------------------------------------------------ places

    @property
    def tables(self) -> Tables:
        """The tables behind the answers."""
        return self._tables

    @property
    def version(self) -> str:
        """Version of the data; those of several sources are joined by ``+``."""
        return self._tables.version

    def __len__(self) -> int:
        return len(self._tables.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._tables.places.values())

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._tables.places

    def __getitem__(self, place_id: str) -> Place:
        """Return the place with an id, or with ``scheme:id``; old ids redirect.

        Raises:
            UnknownPlaceError: with close ids.
            StoreError: if the place is there and damaged.
        """
        if not isinstance(place_id, str):
            raise QueryTypeError(place_id, "an id; a place's id or scheme:id would be")
        place = self._resolver.place(place_id)
        if place is None:
            self._require_readable(place_id)
            raise UnknownPlaceError(place_id, self._close_ids(place_id))
        return current_place(self._tables, place.place_id)

    def _require_readable(self, place_id: str) -> None:
        for store in self._stack.stores:
            if store.has(place_id) and store.own(place_id) is None:
                raise StoreError(store.path, f"its place {place_id!r} is damaged")

    def _close_ids(self, place_id: str) -> list[str]:
        from difflib import get_close_matches

        known: list[str] = []
        for store in self._stack.stores:
            # a damaged place is no reason to say nothing of the others
            with suppress(StoreError):
                if store.standing <= _FEW_PLACES:
                    known.extend(place.place_id for place in store.all_places())
        return get_close_matches(place_id, known, n=3, cutoff=0.7)

    def __repr__(self) -> str:
        from gazetteer.display.counts import counted  # late: seldom asked

        return f"<Gazetteer of {counted(len(self), 'place')}, data {self.version}>"

    # ------------------------------------------------------------ resolve

    @cached_property
    def index(self) -> Index:
        """What finds candidates by name; see `gazetteer.index`."""
        places = self._tables.places
        held = places.stack if isinstance(places, StackedPlaces) else places.values()
        return Index(held)

    @property
    def _stack(self) -> Stack:
        return self.index.stack

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._tables, self.index)

    def resolve(
        self,
        query: str,
        *,
        context: Context | None = None,
        policy: Policy | None = None,
    ) -> Resolution:
        """Say which place a written name, an id or ``scheme:id`` refers to.

        Never raises for a string and never guesses: see `Resolution.outcome`.

        Raises:
            ContextError: if the context has a value that cannot be used.
            PolicyError: if the thresholds do not stand in order.
            QueryTypeError: if the query is not a string.
        """
        if not isinstance(query, str):
            raise QueryTypeError(query, "a text; resolve_many takes a column of them")
        if policy is not None:
            _sound(policy)
        return self._resolver.resolve(query, context, policy)

    def resolve_many(
        self,
        queries: Iterable[str],
        *,
        contexts: Iterable[Context | None] | Context | None = None,
        policy: Policy | None = None,
    ) -> Resolutions:
        """Resolve a column of names, each with a context of its own if given.

        Args:
            queries: written names, ids or ``scheme:id``; an empty one is unmatched.
            contexts: one for each query, or one for all.
            policy: the thresholds, for all.

        Raises:
            ContextError, PolicyError, QueryTypeError: as `resolve`.
            ValueError: if there are more or fewer contexts than queries.
        """
        if isinstance(queries, str):
            raise QueryTypeError(queries, "a column of names; resolve takes one")
        column = list(queries)
        each: list[Context | None] | Context | None
        if contexts is None or isinstance(contexts, Context):
            each = contexts
        else:
            each = list(contexts)
        try:
            return self._resolver.resolve_many(column, each, _sound(policy))
        except (AttributeError, TypeError):
            # looked for only now: to look at each beforehand costs as much as to answer
            _require_texts(column)
            raise

    def read_context(self, context: Context | None) -> Reading:
        """Check a context and resolve the places in it; see `Reading`.

        Raises:
            ContextError: if the context has a value that cannot be used.
        """
        return self._resolver.read(context)

    # ------------------------------------------------------------- labels

    @cached_property
    def _labeller(self) -> Labeller:
        from gazetteer.labels import Labeller

        return Labeller(self._tables, self.perspectives)

    @cached_property
    def perspectives(self) -> Perspectives:
        """The perspectives, by name."""
        from gazetteer.labels import load_perspectives, read_perspectives

        if isinstance(self._tables.places, StackedPlaces):
            return read_perspectives(perspective_texts(self._stack))
        return load_perspectives([Path(each) for each in self._tables.directories])

    def label(
        self,
        place: Place | str,
        perspective: str,
        *,
        lang: str = "en",
        event: str | None = None,
        published: str | None = None,
        mention: str = "first",
        mention_number: int = 1,
        **facets: str,
    ) -> Label:
        """Say what a perspective calls a place, and by which rule and rows.

        Args:
            place: a place or its id.
            perspective: a name in `perspectives`.
            lang: BCP 47 tag of the language to print in.
            event: EDTF date of what is told.
            published: EDTF date of the telling. Without one no date is assumed.
            mention: ``first``, ``later`` or ``compact``.
            mention_number: which mention of the place it is, from 1, for rules whose
                later forms take turns.
            **facets: whatever else the perspective's rules ask for.

        Raises:
            UnknownPlaceError, UnknownPerspectiveError, DateError: as they say.
        """
        return self._labeller.label(
            self._place(place),
            perspective,
            lang=lang,
            event=event,
            published=published,
            mention=mention,
            mention_number=mention_number,
            facets=facets,
        )

    def compare(
        self,
        place: Place | str,
        *,
        lang: str | Iterable[str] = "en",
        event: str | None = None,
        published: str | None = None,
    ) -> Comparison:
        """Return the label of a place under every perspective, as a table.

        Args:
            place: a place or its id.
            lang: BCP 47 tag of the language to print in, or several.
            event: EDTF date of what is told.
            published: EDTF date of the telling.

        Raises:
            UnknownPlaceError, DateError, LanguageTagError: as they say.
        """
        return self._labeller.compare(
            self._place(place), lang=lang, event=event, published=published
        )

    def title(self, place: Place | str, lang: str = "en") -> str:
        """Return what heads a place on a screen; never empty.

        It is the place's label under ``neutral``, or, where there is none, the names
        that the sides use, whatever the language, and its id.

        Raises:
            UnknownPlaceError, LanguageTagError: as they say.
        """
        return self._labeller.title(self._place(place), lang)

    def _place(self, place: Place | str) -> Place:
        return self[place] if isinstance(place, str) else place

    # --------------------------------------------------------------- text

    @cached_property
    def _renderer(self) -> Renderer:
        from gazetteer.render import Renderer

        return Renderer(self._tables, self._resolver, self._labeller)

    def find(
        self,
        text: str,
        *,
        lang: str | None = None,
        markup: str = "plain",
        protected: Sequence[ProtectedSpan] = (),
        context: Context | None = None,
    ) -> list[Mention]:
        """Return the mentions of places in a text, in order.

        Args:
            text: plain text or Markdown.
            lang: BCP 47 tag of the text; told by the text where not given.
            markup: ``plain`` or ``markdown``.
            protected: spans that must not be changed, beside those that are found.
            context: what else is known of the places.
        """
        return self._renderer.find(
            text, lang=lang, markup=markup, protected=protected, context=context
        )

    def render(
        self, text: str, perspective: str, *, lang: str | None = None, **options: Any
    ) -> Rendering:
        """Return the text with its mentions relabelled, and a report of each.

        Args:
            text: plain text or Markdown.
            perspective: a name in `perspectives`.
            lang: BCP 47 tag of the text; told by the text where not given. English,
                Russian, Azerbaijani, Turkish, Armenian and Georgian are rendered;
                mentions in other languages are left, with a reason.
            **options: ``event``, ``published``, ``markup`` (``plain`` or
                ``markdown``), ``reported`` (``render`` or ``keep``), ``quotations``
                (``keep`` or ``gloss``), ``context`` and facets of the perspective.

        Raises:
            UnknownPerspectiveError, DateError: as they say.
        """
        return self._renderer.render(text, perspective, lang=lang, **options)

    def render_file(
        self,
        file: str | Path,
        perspective: str,
        *,
        output: str | Path | None = None,
        **options: Any,
    ) -> RenderedDocument:
        """Return a file with its mentions relabelled, and a report on its texts.

        Outside the new names every byte is that of the file.

        Args:
            file: plain text, Markdown, HTML, DOCX, or fields of JSON or CSV.
            perspective: a name in `perspectives`.
            output: where to write, perhaps the file itself; nothing is written if None.
            **options: ``suggest``, ``fields``, ``annotate``, ``encoding`` and others as
                `gazetteer.documents.render_document` takes them, and those of `render`.

        Raises:
            DataNotFoundError, DocumentError, DataError: as they say.
        """
        from gazetteer.documents import render_document

        return render_document(self, file, perspective, output=output, **options)


def _require_texts(column: Sequence[object]) -> None:
    """Name the first of some queries that is not a text.

    Raises:
        QueryTypeError: if there is one.
    """
    for number, query in enumerate(column):
        if not isinstance(query, str):
            wanted = (
                f"a text, and it stands at queries[{number}]; '' for a missing name is "
                f"unmatched, and gazetteer.integrations takes columns as other "
                f"libraries have them"
            )
            raise QueryTypeError(query, wanted)


def _load_again(loaded: Sequence[_Loaded]) -> Gazetteer:
    gazetteer = Gazetteer.load(*(each.source for each in loaded))
    for sent, store in zip(loaded, gazetteer._stack.stores, strict=True):  # noqa: SLF001
        if sent.content != store.content:
            reason = f"it holds {store.content} where {sent.content} was pickled"
            remedy = "both sides need the same data"
            raise StoreError(sent.source, reason, remedy)
    return gazetteer


def _sound(policy: Policy | None) -> Policy | None:
    if policy is not None and not (
        0 <= policy.review <= policy.accept <= 100 and policy.margin >= 0  # noqa: PLR2004
    ):
        raise PolicyError(policy.accept, policy.review, policy.margin)
    return policy
