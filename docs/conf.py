"""The documentation as a site: ``make docs``.

The sources are the Markdown files of the repository as they stand, so that a link that
leads somewhere there leads to the same page here. The navigation follows the order of
the links in docs/index.md; a page that is not linked there comes last in its section.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.domains.python import PyObject

import gazetteer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]

project = "gazetteer"
author = "the authors of gazetteer"
version = release = gazetteer.__version__
html_title = f"gazetteer {version}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = ["docs/**", "*.md", "data/README.md"]
exclude_patterns = [".*", "benchmarks", "build", "dist", "examples", "src", "tests"]

# GitHub makes anchors of headings; these are the same.
myst_heading_anchors = 4
# Examples hold quotation marks that readers copy.
smartquotes = False
# What is `quoted` once in a docstring is code, and a link where it names something.
default_role = "py:obj"
add_module_names = False
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
# Engines that need not be installed to build the pages.
autodoc_mock_imports = ["spacy", "pyspark"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_additional_pages = {"index": "start.html"}
templates_path = ["_templates"]
pygments_style = "tango"
pygments_dark_style = "monokai"

SECTIONS = {
    "Learn": "tutorial.md",
    "Do, by user": "how-to/by-user/",
    "Do, by task": "how-to/",
    "Look up": "reference/",
    "The modules": "reference/api/",
    "Policies": "reference/policies/",
    "Understand": "explanation/",
    "Measured": "benchmarks/",
    "Decisions": "decisions/",
    "The project": "../",
}
EVERYWHERE = {"Look up": ["glossary.md"], "Understand": ["../data/README.md"]}
LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s:]+\.md)(?:#[^)]*)?\)")


def _section(path: str) -> str:
    """The section of a page, given its path from docs/."""
    for section, pages in EVERYWHERE.items():
        if path in pages:
            return section
    fitting = [(len(at), name) for name, at in SECTIONS.items() if path.startswith(at)]
    return max(fitting)[1] if fitting else ""


def _title(words: str) -> str:
    """The words of a link as a title; names in code stay as they are."""
    words = " ".join(words.split())
    return words if words.startswith("gazetteer") else words[0].upper() + words[1:]


def navigation(index: str) -> str:
    """The trees of pages, in the order and by the words of the links in the index."""
    docs = ROOT / "docs"
    there = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    there += [
        "../README.md",
        "../CONTRIBUTING.md",
        "../CHANGELOG.md",
        "../data/README.md",
    ]
    linked = {path: _title(words) for words, path in LINK.findall(index)}
    trees: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for path in dict.fromkeys([*linked, *there]):
        if (section := _section(path)) and (docs / path).exists():
            entry = f"{linked[path]} <{path}>" if path in linked else path
            trees[section].append(entry)
    return "\n".join(
        "\n".join(["```{toctree}", ":hidden:", f":caption: {name}", "", *pages, "```"])
        for name, pages in trees.items()
        if pages
    )


def add_navigation(_: Sphinx, docname: str, source: list[str]) -> None:
    if docname == root_doc:
        source[0] += "\n" + navigation(source[0])


def literal_blocks(
    _: Sphinx, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    """Take what stands indented after a paragraph, as in Markdown, for code."""
    text = inspect.cleandoc("\n".join(lines))
    headed = re.compile(
        r"^(?P<head>(?![A-Z]\w+:$)\S.*[^:])\n\n(?=    \S)", re.MULTILINE
    )
    text = headed.sub(r"\g<head>\n\n::\n\n", text)
    lines[:] = TWO_FIELDS.sub(_each_field, text).splitlines()


# "lat, lon: a point", of which napoleon would make one field with a type.
TWO_FIELDS = re.compile(r"^    (\w+(?:, \w+)+):(.*(?:\n {8}.*)*)", re.MULTILINE)


def _each_field(found: re.Match[str]) -> str:
    """Say of each of several fields what is said of them together."""
    return "\n".join(f"    {name}:{found[2]}" for name in found[1].split(", "))


def skip_fields(
    _: Sphinx, _what: str, _name: str, obj: Any, skip: bool, _options: Any
) -> bool | None:
    """Leave out "Alias for field number 0"; the class says what the field holds."""
    return True if type(obj).__name__ == "_tuplegetter" else (skip or None)


def setup(app: Sphinx) -> None:
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"
    app.connect("source-read", add_navigation)
    app.connect("autodoc-skip-member", skip_fields)
    app.connect("autodoc-process-docstring", literal_blocks, priority=400)
