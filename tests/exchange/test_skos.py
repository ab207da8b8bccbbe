"""SKOS: whole and back, by the integrity conditions of the reference, and asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SKOS

from differing import Difference, stated
from gazetteer.errors import DataError
from gazetteer.exchange import ExportOptions, export
from gazetteer.formats import SourceError, detect_format, open_source

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.exchange import Losses
    from gazetteer.formats.skos import Skos

WANTED = ExportOptions(
    langs=("en", "hy", "az"), perspectives=("neutral", "armenian", "azerbaijani")
)
XL = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
LABELS = ("prefLabel", "altLabel", "hiddenLabel")
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "exchange.md"


@pytest.fixture(scope="module")
def exported(
    shipped: Gazetteer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Losses]:
    path = tmp_path_factory.mktemp("skos") / "places.ttl"
    return path, export(shipped, "skos", path, WANTED)


@pytest.fixture(scope="module")
def reader(exported: tuple[Path, Losses]) -> Skos:
    path, _ = exported
    assert detect_format([str(path)]) == "skos"
    return open_source([str(path)])  # type: ignore[return-value]


@pytest.fixture(scope="module")
def graph(reader: Skos) -> rdflib.Graph:
    return reader._graph


def test_what_comes_back_is_what_went_out_less_the_losses(
    shipped: Gazetteer, reader: Skos, exported: tuple[Path, Losses]
) -> None:
    found = Difference(shipped, reader, len(shipped.perspectives))
    assert reader.version == shipped.version
    assert found.gained == []
    assert found.lost == stated(exported[1])


def test_labels_keep_to_the_integrity_conditions(graph: rdflib.Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 1
    assert not concepts & schemes, "S9"
    for concept in concepts:
        kinds: dict[str, set[Any]] = {}
        for kind in LABELS:
            kinds[kind] = set(graph.objects(concept, SKOS[kind]))
            # S55 to S57: a label of SKOS-XL is a label of SKOS
            for label in graph.objects(concept, XL[kind]):
                literals = list(graph.objects(label, XL.literalForm))
                assert len(literals) == 1, "S52"
                kinds[kind] |= set(literals)
        preferred, other, hidden = (kinds[kind] for kind in LABELS)
        assert not preferred & other, "S13"
        assert not preferred & hidden, "S13"
        assert not other & hidden, "S13"
        langs = [each.language for each in preferred]
        assert len(langs) == len(set(langs)), "S14"


def test_mappings_keep_to_the_integrity_conditions(graph: rdflib.Graph) -> None:
    def pairs(word: str) -> set[tuple[Any, Any]]:
        return set(graph.subject_objects(SKOS[word]))

    assert not pairs("exactMatch") & (
        pairs("broadMatch") | pairs("narrowMatch") | pairs("relatedMatch")
    ), "S46"
    # S27: nothing is related that is above or below; who says so has no place there
    assert not pairs("related")
    assert not pairs("broader")
    assert not pairs("broadMatch") & pairs("relatedMatch")


def test_a_preferred_label_is_what_the_first_perspective_prints(
    graph: rdflib.Graph, shipped: Gazetteer
) -> None:
    for place in list(shipped)[::20]:
        concept = rdflib.URIRef(f"urn:gazetteer:{place.place_id}")
        found = {
            each.language: str(each) for each in graph.objects(concept, SKOS.prefLabel)
        }
        wanted = {
            lang: label.bare
            for lang in WANTED.langs
            if not (label := shipped.label(place, "neutral", lang=lang)).withheld
        }
        assert found == wanted


def test_labels_of_further_perspectives_are_notes_that_name_them(
    graph: rdflib.Graph, shipped: Gazetteer
) -> None:
    for place in [each for each in shipped if each.contested][::20]:
        concept = rdflib.URIRef(f"urn:gazetteer:{place.place_id}")
        found = {
            (
                str(graph.value(note, DCTERMS.conformsTo)).rpartition(":")[2],
                str(graph.value(note, RDF.value)),
            )
            for note in graph.objects(concept, SKOS.note)
        }
        wanted = {
            (name, label.bare)
            for name in WANTED.perspectives[1:]
            for lang in WANTED.langs
            if not (label := shipped.label(place, name, lang=lang)).withheld
        }
        assert found == wanted


def test_the_parties_stand_side_by_side(
    graph: rdflib.Graph, shipped: Gazetteer
) -> None:
    for place in shipped:
        concept = rdflib.URIRef(f"urn:gazetteer:{place.place_id}")
        told = [str(each) for each in graph.objects(concept, SKOS.editorialNote)]
        assert bool(told) == place.contested
        if place.contested:
            for party in shipped.tables.disputes[place.dispute].parties:
                assert shipped.tables.authorities[party].title in told[0]


def test_the_query_of_the_how_to_page_answers(graph: rdflib.Graph) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    rows = list(graph.query(query))
    assert rows
    assert all("contested" in str(row.told) for row in rows)


def test_the_same_places_give_the_same_bytes(
    exported: tuple[Path, Losses], shipped: Gazetteer, tmp_path: Path
) -> None:
    export(shipped, "skos", tmp_path / "again.ttl", WANTED)
    assert (tmp_path / "again.ttl").read_bytes() == exported[0].read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a b", "rdflib says"),
        ("<urn:x> a <http://www.w3.org/2004/02/skos/core#Concept> .", "urn:x"),
    ],
)
def test_what_was_not_exported_from_here_is_told(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{text}")
    with pytest.raises((SourceError, DataError), match=message):
        list(open_source([str(path)]).places())


def test_a_label_without_a_text_and_a_point_without_numbers_are_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .\n"
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n"
        "@prefix gn: <https://www.geonames.org/ontology#> .\n"
        "<urn:gazetteer:gz-0000000> a skos:Concept ;\n"
        "  dct:type <urn:gazetteer:type:town> ; gn:featureClass gn:P ;\n"
        '  geo:lat "north" ; geo:long "4" ;\n'
        "  skosxl:prefLabel <urn:gazetteer:name:nm-0000000> .\n"
    )
    with pytest.raises(DataError) as raised:
        list(open_source([str(path)]).places())
    assert {each.code for each in raised.value.problems} == {"bad-degrees", "no-name"}
