"""The parts of personal names: titles, particles, surnames."""

from __future__ import annotations

import re
from functools import lru_cache

# Stand before a name and are no part of it.
TITLES = frozenset(
    (
        "mr mrs ms miss dr prof professor sir dame lord lady baroness baron hon honourable judge "
        "justice general gen lieutenant lt colonel col major maj captain capt sergeant sgt "
        "corporal cpl private brigadier brig admiral adm vice rear commander cmdr marshal field "
        "air chief commodore ayatollah grand hojatoleslam hojjatoleslam imam sheikh shaikh sheik "
        "mullah mulla maulana maulvi mawlawi mawlavi qari hafiz haji hajji sayyid sayed seyed "
        "syed shahid martyr king queen prince princess crown emir pope archbishop bishop cardinal "
        "father reverend rev sen senator rep congressman congresswoman gov"
    ).split()
)
_TITLE = re.compile(r"([A-Za-z]+)\.?\s+")
_MAX_TITLES = 8

# Stand before a surname where a given name could stand.
_CALLINGS = frozenset(
    (
        "president premier chancellor minister secretary governor mayor speaker senator ambassador "
        "envoy director chairman chairwoman chair commissioner chief commander officer inspector "
        "detective constable superintendent sheriff justice coach captain analyst author lawyer "
        "reporter editor spokesman spokeswoman spokesperson leader negotiator diplomat professor "
        "rifleman fusilier gunner trooper guardsman drummer sapper bombardier marine prosecutor "
        "barrister solicitor pte spr gdsm lcpl tpr rfn fus mne ldr cdr cdre kgn kingsman gnr "
        "bdr lbdr ssgt csgt supt insp pc dc di ds ranger highlander craftsman cfn signaller "
        "airman midshipman seaman cllr councillor revd canon fr rabbi recorder coroner "
        "viscount mp smn"
    ).split()
)
# Begin sentences before a surname, with a capital that means nothing.
_OPENERS = frozenset(
    (
        "a according after again against all although also an and as asked at because before both "
        "but by can could did do does earlier even finally first for from had has have he her here "
        "his how however i if in indeed instead is it its last later like meanwhile moreover nor "
        "not now of on once only or our she should since so still that the their then there these "
        "they this those though through thus to today tomorrow tonight under unlike until was we "
        "were what when where which while who why will with without would yesterday yet you "
        "monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)

# Belong to the surname that follows them.
_PARTICLES = frozenset(
    (
        "bin ben ibn bint al el ul ur abu von van der den de del della di da dos du le la zu ter"
    ).split()
)
_NAME_BEGINNINGS = frozenset("abu umm bin ibn bint".split())
_ARTICLE = re.compile(r"(?:al|el|ul|ur|as|ash|an|ar|at|az|ad)[-\s](?=\w)", re.IGNORECASE)
_SUFFIXES = frozenset(("jr sr jnr snr ii iii iv mp mep msp obe cbe mbe kc qc").split())

# Surnames that are also ordinary words; a sentence may begin with the word.
ORDINARY_WORDS = frozenset(
    (
        "baker banks best black blunt bond brown burns bush case cash chance cook cross day field "
        "fields fish fox gates good gray green grey hand hands heath hill hope hunt key king lamb "
        "law little long lord love major marsh mason may means miles mills moon moss noble page "
        "park parks pike pope power powers price raise rice rivers root rose rush self sharp "
        "shields short singer snow steel stern stone straw strong summers swift towns trace "
        "waters weeks west white will wise wolf wood woods wright young march april august june"
    ).split()
)
_MONTHS = frozenset(("may march april august june").split())
_BEFORE_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|last|next|this|since|until|till|by|early|late|mid|from|during|"
    r"between|before|after|to)|(?:\d\w*|end|middle|beginning|start|month|days?|rest)\s+of)[\s-]+$",
    re.IGNORECASE,
)
_BEHIND_MONTH = re.compile(r",?\s+\d")
_HYPHENATED_BEFORE = re.compile(r"(?:[A-Z][\w'’]*|\b(?:al|el|ul|ur|as|ash|an|ar|at|az|ad))-$")
_NAME_BEHIND = re.compile(
    r"-[A-Z]|[ \u00a0](?:Network|Group|Foundation|Institute|University|College|School|Hospital|"
    r"Street|Road|Avenue|Square|Airport|Centre|Center|Prize|Award|Commission|Committee|Report|"
    r"Inquiry|Doctrine|Plan|Act|Law|Tower|Hotel|Bank|Ltd|Inc|Corp|Company|Party|Front|Brigade)\b"
)
_CAPITALISED_BEFORE = re.compile(r"(?<![\w'’-])(?P<word>[A-Z]\.|[A-Z][\w'’-]*)[ \u00a0]$")
_SAYS = re.compile(
    r"['’]s?\b|,|\s+(?:said|says|told|is|has|had|will|would|wrote|who|also|added|argued|asked|insisted|"
    r"warned|claimed|replied|denied|urged|resigned|visited|described|accused|called|explained|noted|"
    r"stressed|admitted|confirmed|announced|declared|revealed|suggested|tweeted|welcomed)\b"
)


@lru_cache(maxsize=65_536)
def surnames_of(name: str) -> tuple[str, ...]:
    """Return what a person of this name is called by surname, the fullest form first.

    >>> surnames_of("Simon Gass"), surnames_of("Osama bin Laden")
    (('Gass',), ('bin Laden',))
    >>> surnames_of("Ayman al-Zawahiri"), surnames_of("Madonna")
    (('al-Zawahiri', 'al Zawahiri', 'Zawahiri'), ())

    Args:
        name: A personal name as it is written in English; a bracketed addition does not count.
    """
    words = re.sub(r"\s*\([^)]*\)", "", name).replace(",", " ").split()
    while words and words[-1].strip(".").casefold() in _SUFFIXES:
        words.pop()
    if len(words) < 2 or len(words[-1]) < 2 or not words[-1][0].isalpha():
        return ()
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].casefold() in _PARTICLES:
        begin -= 1
    if begin == 1 and words[0].casefold() in _NAME_BEGINNINGS:  # "Abu Omar" is one name
        return ()
    surname = " ".join(words[begin:])
    article = _ARTICLE.match(surname)
    if not article:
        return (surname,)
    bare = surname[article.end() :]
    return tuple(
        dict.fromkeys((surname, f"{article[0][:-1]}-{bare}", f"{article[0][:-1]} {bare}", bare))
    )


def behind_titles(text: str, place: int) -> int:
    """Return where a name begins behind the honorifics and ranks that stand at a place."""
    for _ in range(_MAX_TITLES):
        word = _TITLE.match(text, place)
        if word is None or word[1].lower() not in TITLES:
            break
        place = word.end()
    return place


def is_opener(word: str) -> bool:
    """Return whether a word is one that begins sentences and no name."""
    return word.casefold() in _OPENERS


def is_of_another(text: str, start: int, end: int) -> bool:
    """Return whether a surname seems to be part of somebody's or something's longer name.

    "Lucy Gass", "Gass-Jones" and "Gass Street" are not Simon Gass. A word with a capital before it
    counts unless it is a title or calling, a word that merely begins sentences, all in capitals,
    or stands in a headline, where every word has one.

    Args:
        text: The document.
        start: Where the surname stands in it.
        end: Where it ends.
    """
    if _HYPHENATED_BEFORE.search(text, max(0, start - 40), start):
        return True
    if _NAME_BEHIND.match(text, end):
        return True
    word = word_before(text, start, end)
    if word is None:
        return False
    at = start - 1 - len(word)
    begins_line = text[at - 1 : at] in {"", "\n"}
    return begins_line or not is_headline(text, start)


def word_before(text: str, start: int, end: int) -> str | None:
    """Return the word with a capital before a surname, if it may be a given name or initial.

    Args:
        text: The document.
        start: Where the surname stands in it.
        end: Where it ends.
    """
    found = _CAPITALISED_BEFORE.search(text, max(0, start - 40), start)
    if not found:
        return None
    word = found["word"].casefold()
    if word in TITLES or word in _CALLINGS or word in _OPENERS:
        return None
    if len(word) > 2 and found["word"].isupper() and not text[start:end].isupper():
        return None
    return found["word"]


_LONGEST_HEADLINE = 300


def is_headline(text: str, position: int) -> bool:
    """Return whether most words of a line begin with a capital."""
    before = text[max(0, position - _LONGEST_HEADLINE) : position].rpartition("\n")[2]
    behind = text[position : position + _LONGEST_HEADLINE + 1].partition("\n")[0]
    line = (before + behind).rstrip()
    if len(line) > _LONGEST_HEADLINE or line.endswith("."):
        return False
    words = re.findall(r"[^\W\d_]{4,}", line)
    capitalised = sum(word[0].isupper() for word in words)
    return len(words) > 1 and capitalised * 4 >= len(words) * 3


def is_other_word(surname: str, text: str, start: int, *, begins_sentence: bool) -> bool:
    """Return whether a surname that is also an ordinary word is probably that word here.

    Args:
        surname: The surname.
        text: The document.
        start: Where the surname stands in it.
        begins_sentence: Whether a sentence begins there, where any word has a capital.
    """
    word = surname.casefold()
    if word not in ORDINARY_WORDS:
        return False
    end = start + len(surname)
    if word in _MONTHS and (
        _BEFORE_MONTH.search(text, max(0, start - 20), start) or _BEHIND_MONTH.match(text, end)
    ):
        return True
    return begins_sentence and not _SAYS.match(text, end)
