"""resolver turns names in text into entities, by rules that people write in YAML tables.

>>> from resolver import Resolver
>>> resolver = Resolver.load()
>>> [(m.surface, m.entity_id) for m in resolver.resolve("Iran summoned the ambassador.").mentions]
[('Iran', 'place/iran')]

Words, one meaning each:

document: an id, a text, and optionally a date and other fields
surface: the characters as they stand in the text
alias: a string listed in a table; entity: what it names, with an id and a canonical name
mention: a surface found in a document, with its decision
candidate: one entity that a mention may be
pack: one YAML file of a domain; gazetteer: all loaded packs compiled for matching
matcher: the engine that walks text
folded: of strings, made comparable
"""

from resolver.hookspecs import hookimpl
from resolver.models import Candidate, Document, Mention, Result
from resolver.pipeline import Resolver

__all__ = ["Candidate", "Document", "Mention", "Resolver", "Result", "hookimpl"]
