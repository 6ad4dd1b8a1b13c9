"""resolver as a component of spaCy pipelines.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("resolver")
>>> [(ent.text, ent.label_, ent.kb_id_) for ent in nlp("Iran summoned the ambassador.").ents]
[('Iran', 'place', 'place/iran')]
"""

from __future__ import annotations

from spacy.language import Language

from resolver_spacy.component import ResolverComponent, Settings

__all__ = ["ResolverComponent", "Settings", "create_component"]


@Language.factory(
    "resolver",
    assigns=["doc.ents", "doc.spans", "token.ent_iob", "token.ent_type", "token.ent_kb_id"],
    default_config={
        "packs": [],
        "bundled": True,
        "plugins": True,
        "engine": "auto",
        "without_rules": [],
        "alignment_mode": "expand",
        "overwrite_ents": False,
        "spans_key": "resolver",
        "labels": {},
    },
)
def create_component(
    nlp: Language,  # noqa: ARG001
    name: str,
    *,
    packs: list[str],
    bundled: bool,
    plugins: bool,
    engine: str,
    without_rules: list[str],
    alignment_mode: str,
    overwrite_ents: bool,
    spans_key: str,
    labels: dict[str, str],
) -> ResolverComponent:
    """Make the component that ``nlp.add_pipe("resolver", config={...})`` adds.

    See `Settings` for what the configuration means.
    """
    settings = Settings(
        packs=tuple(packs),
        bundled=bundled,
        plugins=plugins,
        engine=engine,
        without_rules=tuple(without_rules),
        alignment_mode=alignment_mode,
        overwrite_ents=overwrite_ents,
        spans_key=spans_key,
        labels=dict(labels),
    )
    return ResolverComponent(settings, name)
