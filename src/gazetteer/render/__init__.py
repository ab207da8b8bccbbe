"""Mentions and labels become new text; every change and every refusal has a reason."""

from __future__ import annotations

from gazetteer.render.renderer import Renderer
from gazetteer.render.rendering import Change, Footnote, Kept, Refusal, Rendering

__all__ = ["Change", "Footnote", "Kept", "Refusal", "Renderer", "Rendering"]
