"""A few packs that change laid over many that stay.

To compile all packs anew at every edit takes a second; to lay the edited ones over the others takes
a tenth of that. What is found is the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from resolver.framing import Pattern
from resolver.gazetteer import Form, Gazetteer
from resolver.models import Alias, Entity, Pack, Role
from resolver.readings import alias_place


class LayeredGazetteer(Gazetteer):
    """Two gazetteers as one."""

    def __init__(self, below: Gazetteer, above: Gazetteer) -> None:
        """Lay one gazetteer over another.

        Args:
            below: The packs that stay.
            above: Packs that were checked together with them.
        """
        self._layers = (below, above)
        self.owners: Mapping[str, Entity | Role] = {**below.owners, **above.owners}
        forms: dict[str, tuple[Form, ...]] = {
            pattern: below.forms[number] for number, pattern in enumerate(below.patterns)
        }
        for number, pattern in enumerate(above.patterns):
            forms[pattern] = _together(pattern, forms.get(pattern, ()), above.forms[number])
        self.patterns = tuple(sorted(forms))
        self.forms: Mapping[int, tuple[Form, ...]] = {
            number: forms[pattern] for number, pattern in enumerate(self.patterns)
        }

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, ordered by name."""
        both = (pack for layer in self._layers for pack in layer.packs)
        return tuple(sorted(both, key=lambda pack: pack.name))

    def lookup(self, name: str) -> tuple[Alias, ...]:
        """Return the aliases that fold to what ``name`` folds to, ordered by pack and line."""
        found = (alias for layer in self._layers for alias in layer.lookup(name))
        return tuple(sorted(found, key=alias_place))

    def folded_aliases(self) -> tuple[str, ...]:
        """Return every folded alias once, sorted."""
        return tuple(sorted({alias for layer in self._layers for alias in layer.folded_aliases()}))


def _together(pattern: str, below: tuple[Form, ...], above: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return the forms of one pattern, those that are written alike made one."""
    forms = {form.folded: form for form in below}
    for form in above:
        other = forms.get(form.folded)
        aliases = (*other.aliases, *form.aliases) if other else form.aliases
        both = tuple(sorted(aliases, key=alias_place))
        forms[form.folded] = Form(form.folded, Pattern(pattern, form.lead), both)
    return tuple(forms.values())
