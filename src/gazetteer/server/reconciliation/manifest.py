"""What the service says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.server.reconciliation.extending import SETTINGS
from gazetteer.server.reconciliation.suggesting import all_types

if TYPE_CHECKING:
    from gazetteer.server.service import Service

__all__ = ["VERSIONS", "manifest"]

VERSIONS: Final = ("0.2",)

_WIDTH: Final = 420
_HEIGHT: Final = 260


def manifest(service: Service, base: str) -> dict[str, Any]:
    """Return the manifest of the service at an address.

    Ids are spaced by the address of a place's page. So services at different addresses
    have different spaces, whether or not they hold the same data.
    """
    here = f"{base}/reconcile"

    def suggest(what: str) -> dict[str, str]:
        return {
            "service_url": here,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": here,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": [*VERSIONS],
        "name": f"gazetteer {service.gazetteer.version}",
        "identifierSpace": f"{base}/places/",
        "schemaSpace": "https://schema.org/Place",
        "documentation": f"{base}/about",
        "serviceVersion": service.gazetteer.version,
        "logo": f"{base}/static/logo.svg",
        "view": {"url": f"{base}/places/{{{{id}}}}"},
        "feature_view": {"url": f"{base}/about#{{{{id}}}}"},
        "defaultTypes": all_types(),
        "batchSize": min(50, service.settings.most_queries),
        "preview": {
            "url": f"{here}/preview?id={{{{id}}}}",
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        "suggest": {
            "entity": suggest("entity"),
            "type": suggest("type"),
            "property": suggest("property"),
        },
        "extend": {
            "propose_properties": {
                "service_url": here,
                "service_path": "/properties",
            },
            "property_settings": [*SETTINGS],
        },
    }
