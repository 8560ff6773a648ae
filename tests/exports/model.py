"""The part of the FollowTheMoney model (4.11.2) that exports use: schemata, properties with their types, what must be.

Facts copied from the model's YAML files; `entity>X` refers to an entity of a schema that is X or extends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

OWN = {
    "Thing": "name:name alias:name previousName:name weakAlias:name country:country summary:text notes:text"
    " description:text sourceUrl:url publisher:string publisherUrl:url keywords:string topics:topic address:address"
    " addressEntity:entity>Address proof:entity>Document createdAt:date modifiedAt:date retrievedAt:date",
    "Analyzable": "detectedLanguage:language namesMentioned:name peopleMentioned:name companiesMentioned:name",
    "Document": "contentHash:checksum title:string author:string generator:string crawler:string fileSize:number"
    " fileName:string extension:string encoding:string bodyText:text messageId:string mimeType:mimetype"
    " language:language date:date authoredAt:date publishedAt:date processingAgent:string processedAt:date",
    "Article": "",
    "LegalEntity": "abbreviation:name email:email phone:phone website:url status:string",
    "Person": "title:string firstName:string lastName:string position:string biography:text",
    "Organization": "cageCode:identifier permId:identifier",
    "Address": "full:address remarks:string street:string city:string region:string state:string",
    "Interval": "startDate:date endDate:date date:date summary:text description:text recordId:string sourceUrl:url"
    " proof:entity>Document publisher:string publisherUrl:url modifiedAt:date retrievedAt:date",
    "Interest": "role:string status:string",
    "Event": "location:address important:string organizer:entity>LegalEntity involved:entity>LegalEntity",
    "Documentation": "document:entity>Document entity:entity>Thing",
    "Mention": "document:entity>Document resolved:entity>LegalEntity name:name detectedSchema:string",
    "Note": "entity:entity>Thing",
}
EXTENDS = {
    "Document": ("Thing", "Analyzable"),
    "Article": ("Document",),
    "LegalEntity": ("Thing",),
    "Person": ("LegalEntity",),
    "Organization": ("LegalEntity",),
    "Address": ("Thing",),
    "Interest": ("Interval",),
    "Event": ("Interval", "Analyzable", "Thing"),
    "Documentation": ("Interest",),
    "Note": ("Thing", "Analyzable"),
}
REQUIRED = {
    "Document": ("fileName",),
    "Article": ("fileName",),
    "Person": ("name",),
    "Organization": ("name",),
    "Event": ("name",),
    "Documentation": ("document", "entity"),
    "Mention": ("document", "name"),
}
ABSTRACT = {"Thing", "Analyzable", "Interval", "Interest"}
LONGEST = {"string": 1_024, "text": 65_000, "name": 384, "url": 4_096, "entity": 200, "date": 32, "language": 16}
LANGUAGES = frozenset(
    """afr amh ara aze bel ben bos bul cat ces cnr dan deu ell eng est fas fil fin fra gle heb hin hrv hun hye ind isl
    ita jpn kan kat kaz khm kir kor lao lav lit ltz mkd mlt mon msa mul mya nep nld nor pol por pus ron rus sin slk slv
    spa sqi srp swa swe tam tel tgk tgl tha tuk tur ukr urd uzb vie zho""".split()
)
FORMS = {
    "entity": re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?\Z"),
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?\Z"),
    "url": re.compile(r"https?://\S+\Z"),
}


def lineage(schema: str) -> set[str]:
    """Return a schema and all that it extends."""
    return {schema}.union(*(lineage(parent) for parent in EXTENDS.get(schema, ())))


def properties(schema: str) -> dict[str, str]:
    """Return the properties of a schema, with their types."""
    return dict(pair.split(":") for part in sorted(lineage(schema)) for pair in OWN[part].split())


def problems(entities: Iterable[dict[str, Any]]) -> list[str]:
    """Return what the model would not admit in `entities`."""
    held = list(entities)
    schemata = {entity["id"]: entity["schema"] for entity in held}
    found = [] if len(schemata) == len(held) else ["an id is given twice"]
    for entity in held:
        schema = entity["schema"]
        if set(entity) != {"id", "schema", "properties"} or not FORMS["entity"].match(entity["id"]):
            found.append(f"{entity}: its form")
        if schema not in OWN or schema in ABSTRACT:
            found.append(f"{schema}: no schema of entities")
            continue
        known = properties(schema)
        found += [
            f"{schema}: {name} is missing" for name in REQUIRED.get(schema, ()) if name not in entity["properties"]
        ]
        for name, values in entity["properties"].items():
            if name not in known:
                found.append(f"{schema}.{name}: no property")
                continue
            kind, _, reference = known[name].partition(">")
            for value in values:
                if not isinstance(value, str) or not value.strip() or len(value) > LONGEST.get(kind, 250):
                    found.append(f"{schema}.{name}: {value!r} is no value")
                elif (form := FORMS.get(kind)) and not form.match(value):
                    found.append(f"{schema}.{name}: {value!r} is no {kind}")
                elif kind == "language" and value not in LANGUAGES:
                    found.append(f"{schema}.{name}: {value!r} is no language")
                elif reference and reference not in lineage(schemata.get(value, "Analyzable")):
                    found.append(f"{schema}.{name}: {value} is no {reference}")
    return found
