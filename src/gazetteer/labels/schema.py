"""The shape of perspectives.toml, checked part by part so that all faults show at once.

Imported only when a file is read: pydantic is slow to import.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from gazetteer.dates import parse_date
from gazetteer.errors import DateError
from gazetteer.labels.rules import SPECIAL, Selector, When
from gazetteer.labels.templates import Template, TemplateError, parse_template
from gazetteer.model import FORMS, PLACE_TYPES, STATUSES

__all__ = [
    "NoteModel",
    "PerspectiveModel",
    "RuleModel",
    "SelectorModel",
    "faults",
    "when_of",
]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _one_of(known: tuple[str, ...]) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if value not in known:
                raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        return values

    return AfterValidator(check)


def _template(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_template(value)
    except TemplateError as error:
        raise ValueError(str(error)) from error


def _templates(value: Any) -> Any:
    listed = [value] if isinstance(value, str) else value
    return [_template(each) for each in listed] if isinstance(listed, list) else listed


def _date(value: str) -> str:
    if value and value not in ("event", "publication"):
        try:
            parse_date(value)
        except DateError as error:
            raise ValueError(str(error)) from error
    return value


Text = Annotated[str, Field(min_length=1)]
Listed = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Date = Annotated[str, AfterValidator(_date)]
SelectorForm = Annotated[
    Listed, _one_of(tuple(form for form in FORMS if form != "hidden"))
]
SelectorStatus = Annotated[
    Listed, _one_of(tuple(status for status in STATUSES if status != "rejected"))
]
PlaceType = Annotated[Listed, _one_of(PLACE_TYPES)]
Shape = Annotated[Template, BeforeValidator(_template)]
Shapes = Annotated[tuple[Template, ...], BeforeValidator(_templates)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True
    )


class SelectorModel(_Model):
    """One selector of a chain."""

    authority: Listed = ()
    status: SelectorStatus = ()
    form: SelectorForm = ()
    lang: Listed = ()
    script: Listed = ()
    translit: Listed = ()
    at: Date = ""
    reader: Listed = ()

    def value(self) -> Selector:
        """Return what the rest of the package works with."""
        return Selector(**self.model_dump())


class NoteModel(_Model):
    """One note."""

    mark: str = ""
    text: Text


class _WhenModel(_Model):
    # A key that is not one of these is a facet, which the caller may pass.
    model_config = ConfigDict(extra="allow", frozen=True)

    place: Listed = ()
    type: PlaceType = ()
    contested: Annotated[bool | None, Field(strict=True)] = None
    dispute: Listed = ()
    within: Listed = ()
    lang: Listed = ()
    dated: Annotated[bool | None, Field(strict=True)] = None
    __pydantic_extra__: dict[str, Listed] = Field(init=False)


class RuleModel(_Model):
    """One rule as written; defaults and slots are settled by the reader of the file."""

    when: _WhenModel = _WhenModel()
    names: Annotated[list[str | list[str]], Field(min_length=1)]
    order: Literal["given", "alpha"] = "given"
    first: Shape | None = None
    later: Annotated[Shapes, Field(min_length=1)] | None = None
    compact: Shape | None = None
    one: Shape | None = None
    same: Annotated[int, Field(ge=0, strict=True)] = 0
    note: Listed = ()
    mark: Literal["first", "every"] = "first"
    none: Literal["next", "keep"] = "next"

    @property
    def special(self) -> str:
        """The word that stands for slots known only from the place, or empty."""
        word = self.names[0]
        return word if isinstance(word, str) and word in SPECIAL else ""

    @model_validator(mode="after")
    def _slots_fit(self) -> Self:
        words = [name for name in self.names if isinstance(name, str)]
        for word in words:
            if word.startswith("@") and word not in SPECIAL:
                raise ValueError(f"names: there is no {word!r}; {', '.join(SPECIAL)}")
            if word.startswith("@") and len(self.names) > 1:
                raise ValueError(f"names: {word} must stand alone")
        if any(not name for name in self.names):
            raise ValueError("names: a slot lists no chain")
        if not self.special:
            self._templates_fit(len(self.names))
        return self

    def _templates_fit(self, slots: int) -> None:
        if self.first is None and slots > 1:
            raise ValueError(f"first: needed, since there are {slots} slots")
        given = [self.first, *(self.later or ()), self.compact]
        written = [template for template in given if template is not None]
        for template in [*written, *([self.one] if self.one else [])]:
            if template.slots > slots:
                raise ValueError(
                    f"names: {template.text!r} asks for slot {template.slots}, and "
                    f"there are {slots}"
                )
        everything = any(each.takes_all or each.keeps for each in written)
        used = max((each.slots for each in written), default=1)
        if not everything and used < slots:
            raise ValueError(
                f"names: there are {slots} slots and no template prints {{{slots}}}"
            )


class PerspectiveModel(_Model):
    """What is said of a perspective beside its rules."""

    title: Text
    version: Text = "1"
    date: Annotated[str, AfterValidator(_date)] = ""
    at: Literal["event", "publication"] = "publication"
    authorities: Listed = ()
    sources: Listed = ()
    description: str = ""
    rule_text: str = ""
    rule: Annotated[list[Any], Field(min_length=1)]


def when_of(model: RuleModel) -> When:
    """Return the conditions of a rule, facets apart."""
    facets = tuple(sorted((model.when.model_extra or {}).items()))
    known = {name: getattr(model.when, name) for name in _WhenModel.model_fields}
    return When(**known, facets=facets)


def faults(error: ValidationError) -> list[tuple[tuple[str | int, ...], str, str, str]]:
    """Return path, value, code and message of each fault that pydantic found."""
    found = []
    for each in error.errors():
        path = tuple(part for part in each["loc"] if not str(part).endswith("]"))
        message = each["msg"].removeprefix("Value error, ")
        head, colon, rest = message.partition(": ")
        if not path and colon and head in RuleModel.model_fields:
            path, message = (head,), rest
        code = "unknown-key" if each["type"] == "extra_forbidden" else "bad-value"
        if each["type"] == "missing":
            code, message = "missing-key", "this key is needed"
        if code == "unknown-key":
            message = "there is no such key here"
        value = each["input"] if isinstance(each["input"], str | int | bool) else ""
        found.append((path, str(value), code, message))
    return found
