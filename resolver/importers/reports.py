"""Names of threat actors and their programs, guarded as reports use them and as ordinary they are.

Frequencies are those of `resolver.importers.frequency`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from resolver.importers.frequency import COMMON, EVERYWHERE, FAMILIAR, frequency
from resolver.models import Alias, Context
from resolver.packs.lint.finding import is_guarded

# What a text holds that speaks of threat actors and their programs.
IN_DOCUMENT = (
    *"malware ransomware backdoor trojan botnet spyware phishing APT C2".split(),
    *("cyberattack", "cyberespionage", "threat actor", "threat actors", "threat group"),
)
_PROGRAM = (
    "malware ransomware backdoor trojan RAT loader downloader dropper botnet implant stealer wiper "
    "worm payload rootkit spyware"
).split()
# What stands beside the name of one where the name is meant.
_BESIDE = {
    "threat-actor": "group gang APT actor actors hackers crew ransomware cyberespionage".split(),
    "campaign": "campaign operation attack attacks".split(),
    "malware": _PROGRAM,
    "ransomware": _PROGRAM,
    "tool": "tool tools utility command commands framework".split(),
}
# Types whose names follow the habits of threat reports.
REPORTED = frozenset(_BESIDE)
_SHORT = 3


def as_reported(alias: Alias, type_: str, *, is_shared: bool) -> tuple[Sequence[Alias], str | None]:
    """Return the aliases by which a name is to be listed, and what was done if it was guarded.

    What no text means otherwise stays as it is. A rare word, or several common ones, needs a text
    about such things. A common word needs a word beside it that says what it is, and then counts
    in the rest of that text too, unless it is a word of every text.

    Args:
        alias: The name.
        type_: The type of its entity, one of `REPORTED`.
        is_shared: Whether another entity bears it too.
    """
    text, common = alias.text, frequency(alias.text)
    one_word = re.fullmatch(r"[^\W\d_]+", text) is not None
    short = one_word and len(text) <= _SHORT
    words = _BESIDE[type_]
    if is_shared:
        if type_ == "threat-actor":  # a ransomware is named like its gang
            words = [word for word in words if word != "ransomware"]
        strength = "weak" if common >= FAMILIAR else alias.strength
        context = Context(any=(*words,), within="3 words")
        declared = replace(alias, ambiguous=True, strength=strength, context=context)
        return [declared], "aliases ambiguous, several bear them"
    if is_guarded(alias) or (common < (FAMILIAR if one_word else COMMON) and not short):
        return [alias], None
    case = "exact" if short and alias.case == "smart" else alias.case
    if not one_word or common < COMMON:
        about = replace(alias, case=case, strength="weak", context=Context(any=IN_DOCUMENT))
        return [about], "aliases weak, rare or several words"
    beside = Context(any=(*words,), within="3 words")
    listed = [replace(alias, case=case, context=beside)]
    if common < EVERYWHERE and not (text.isupper() and len(text) <= _SHORT + 1):
        listed.append(replace(alias, case=case, strength="weak"))
    return listed, "aliases under a context, ordinary words"
