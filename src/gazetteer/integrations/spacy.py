"""A component of spaCy's pipelines that links mentions of places to their ids.

    nlp = spacy.blank("en")
    nlp.add_pipe("gazetteer")
    doc = nlp(text)
    [(span.text, span.kb_id_) for span in doc.ents]

Mentions that name a place become entities, whose ``kb_id_`` is the place's id, or empty
where the name is ambiguous. All mentions, quoted ones and those in titles and names of
persons too, are in ``doc.spans["places"]``, each with its role as ``id_``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.gazetteer import Gazetteer
from gazetteer.integrations.extras import need
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from gazetteer.text import Mention

__all__ = ["PlaceLinker", "create"]

_Language = need("spacy.language", "spacy").Language

# What stands in these names something else than a place.
_NO_PLACE = frozenset({"adjective", "code", "person", "phrase", "title"})
# Labels of https://catalog.ldc.upenn.edu/LDC2013T19, which spaCy's models use.
_LABELS = {"corridor": "LOC", "facility": "FAC", "landform": "LOC", "water": "LOC"}


class PlaceLinker:
    """Finds the mentions of a document and links them."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        lang: str | None,
        context: Context,
        spans_key: str,
    ) -> None:
        """Hold what is looked for."""
        self._gazetteer = gazetteer
        self._lang = lang
        self._context = context
        self._spans_key = spans_key

    def __call__(self, doc: Any) -> Any:
        """Set the entities and the spans of a document, and return it.

        An entity that is there already and overlaps a mention gives way to it, but
        keeps its label.
        """
        mentions = self._gazetteer.find(
            doc.text, lang=self._lang, context=self._context
        )
        spans = [(each, self._span(doc, each)) for each in mentions]
        doc.spans[self._spans_key] = [span for _, span in spans]
        ours = [span for each, span in spans if each.role not in _NO_PLACE]
        theirs = []
        for entity in doc.ents:
            over = [
                span
                for span in ours
                if span.start < entity.end and entity.start < span.end
            ]
            if over:
                for span in over:
                    span.label_ = entity.label_
            else:
                theirs.append(entity)
        doc.ents = need("spacy.util", "spacy").filter_spans([*ours, *theirs])
        return doc

    def _span(self, doc: Any, mention: Mention) -> Any:
        match = mention.resolution.match if mention.resolution is not None else None
        place = match.place if match is not None else None
        span = doc.char_span(
            mention.start,
            mention.end,
            label=_LABELS.get(place.type, "GPE") if place is not None else "GPE",
            kb_id=place.place_id if place is not None else "",
            alignment_mode="expand",
        )
        span.id_ = mention.role
        return span


@_Language.factory(  # type: ignore[untyped-decorator]
    "gazetteer",
    assigns=["doc.ents", "doc.spans", "token.ent_kb_id"],
    default_config={
        "lang": None,
        "country": None,
        "within": None,
        "data": [],
        "spans_key": "places",
    },
)
def create(
    nlp: Any,
    name: str,  # noqa: ARG001  (spaCy passes it)
    lang: str | None,
    country: str | None,
    within: str | None,
    data: list[str],
    spans_key: str,
) -> PlaceLinker:
    """Return the component, as ``nlp.add_pipe("gazetteer", config={…})`` asks for it.

    Args:
        nlp: the pipeline; its language is that of the texts unless `lang` says another.
        name: of the component.
        lang: BCP 47 tag of the texts.
        country: a country that the texts are about.
        within: a place that the texts are about.
        data: directories of tables or stores that win over the shipped data.
        spans_key: where all mentions go.
    """
    return PlaceLinker(
        Gazetteer.load(*data, "default"),
        lang=lang or (nlp.lang if nlp.lang != "xx" else None),
        context=Context(country=country, within=within),
        spans_key=spans_key,
    )
