"""Which entity each mention of a document speaks of, by its document alone.

The order of decisions for one mention:

1. peoples and countries by the country lexicon (`Turkiye` is Turkey),
2. persons by full name, surname and given name, within the article first (`persons`),
3. places by the gazetteer and the countries around them (`places`),
4. an abbreviation that the document itself explains (`Tehreek-e-Taliban Pakistan (TTP)`),
5. bodies of a state by the country they belong to (`bodies`),
6. known bodies and things by the lexicon, the rest by longer forms in the article.
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.records import EntityType, Mention, ResolvedName, RoleHeld
from archive.resolution import bodies
from archive.resolution.context import PLACES, Context, Item
from archive.resolution.keys import name_key
from archive.resolution.persons import link_persons
from archive.resolution.places import Located, country_of, locate
from archive.resolution.senses import find_senses
from archive.vocabulary.countries import countries, demonyms
from archive.vocabulary.names import KnownName, known_names

__all__ = ["name_key", "resolve_names"]

_NEAR = 12  # characters between a place and the one it lies in: `Harbour district of Tolven`
_POSSESSIVE = 3  # characters of `'s ` between owner and body
_SEAT = (2, 4)  # characters of `, ` and ` in ` between a body and where it sits
_REPUBLIC = "islamic republic"
_REPUBLICS = ("IR", "PK", "AF", "MR")  # states of that style; the first where none is named


def resolve_names(
    mentions: Sequence[Sequence[Mention]],
    articles: Sequence[int | None],
    *,
    texts: Sequence[str] = (),
    roles: Sequence[Sequence[RoleHeld]] = (),
) -> list[list[ResolvedName]]:
    """Say which entity each mention speaks of; the result has the shape of `mentions`.

    `mentions` are those of one document by paragraph, `articles` the index of each paragraph's
    article (None for furniture); `texts` and `roles`, where given, the paragraphs' own, from which
    the senses of persons' names are read. Nothing beside this document is consulted, so that the
    answer does not depend on what else the archive holds. Raises ValueError where mentions and
    articles differ in length.
    """
    context = Context(mentions, articles)
    persons = [item for item in context.items if item.mention.type is EntityType.PERSON]
    linked = link_persons([(item.mention.text, item.article) for item in persons])
    names = {
        (item.paragraph, item.index): _plain(name, EntityType.PERSON, None, rule, score)
        for item, (name, rule, score) in zip(persons, linked, strict=True)
    }
    fullest = _fullest_bodies(context)
    for item in context.items:
        if (item.paragraph, item.index) not in names:
            names[item.paragraph, item.index] = _resolve(context, fullest, item)
    senses = find_senses(context, names, texts, roles)
    return [
        [_in_sense(names[item.paragraph, item.index], senses) for item in some]
        for some in context.paragraphs
    ]


def _in_sense(name: ResolvedName, senses: dict[str, str]) -> ResolvedName:
    if name.type is not EntityType.PERSON or not senses[name.key]:
        return name
    return replace(name, sense=senses[name.key])


def _resolve(context: Context, fullest: dict[tuple[str, str], str], item: Item) -> ResolvedName:
    if item.mention.type is EntityType.NORP:
        return _people(item.mention)
    if item.mention.type in PLACES:
        return _place(context, item)
    return _body(context, fullest, item)


def _plain(name: str, type_: EntityType, code: str | None, rule: str, score: float) -> ResolvedName:
    return ResolvedName(
        name=name, key=name_key(name), type=type_, country_code=code, rule=rule, score=score
    )


def _people(mention: Mention) -> ResolvedName:
    demonym = demonyms().get(mention.text.replace("’", "'"))
    if demonym is None:
        return _plain(mention.text, mention.type, None, "verbatim", 0.6)
    return _plain(demonym.canonical, mention.type, demonym.code, "demonym", 1.0)


# ------------------------------------------------------------------------------ places


def _place(context: Context, item: Item) -> ResolvedName:
    mention = item.mention
    found = (
        _republic(context, item)
        or country_of(mention.text)
        or locate(mention.text, context.countries[item.article])
    )
    if found is not None and not _is_far(context, item, found):
        return _located(found, mention.type)
    code = bodies.country_in(mention.text)
    if code is not None:
        return _plain(mention.text, mention.type, code, "country-in-name", 0.8)
    code = _surrounding(context, item)
    if code is not None:
        return _plain(mention.text, mention.type, code, "place-beside", 0.6)
    code = context.homes.get(item.article)
    rule = "verbatim" if code is None else "article-country"
    return _plain(mention.text, mention.type, code, rule, 0.5)


def _is_far(context: Context, item: Item, found: Located) -> bool:
    """Whether a place is but a region of that name in a country that the article is not about."""
    home = context.homes.get(item.article)
    is_guess = found.latitude is None and found.rule == "gazetteer-largest"
    return is_guess and home is not None and home != found.code


def _located(found: Located, type_: EntityType) -> ResolvedName:
    return ResolvedName(
        name=found.name,
        key=name_key(found.name),
        type=type_,
        country_code=found.code,
        rule=found.rule,
        score=found.score,
        latitude=found.latitude,
        longitude=found.longitude,
    )


def _republic(context: Context, item: Item) -> Located | None:
    """Take `Islamic Republic` for the one of that style that the article speaks of most."""
    if name_key(item.mention.text) != _REPUBLIC:
        return None
    counts = context.countries[item.article]
    code = max(_REPUBLICS, key=lambda code: counts[code])  # the first of equals
    return country_of(countries()[code].name)


_NEIGHBOURS = 25
"""Mentions looked at on either side; a paragraph of news has fewer."""


def _surrounding(context: Context, item: Item) -> str | None:
    """Country of the place beside an unlisted one, or of all other places of its paragraph."""
    for other, gap in (context.after(item), context.before(item)):
        if other is not None and other.mention.type in PLACES and gap <= _NEAR:
            code = context.code_of(other)
            if code is not None:
                return code
    neighbours = context.paragraphs[item.paragraph][
        max(0, item.index - _NEIGHBOURS) : item.index + _NEIGHBOURS
    ]
    codes = {
        context.code_of(other)
        for other in neighbours
        if other is not item and other.mention.type in PLACES
    } - {None}
    return codes.pop() if len(codes) == 1 else None


# ------------------------------------------------------------------------------ bodies


def _body(context: Context, fullest: dict[tuple[str, str], str], item: Item) -> ResolvedName:
    mention = item.mention
    text, rule, score = mention.text, "verbatim", 0.8
    expansion = context.expansions.get(name_key(text))
    if expansion is not None:
        text, rule, score = expansion, "abbreviation", 0.95
    known = _known(text, mention.type)
    if mention.type is EntityType.ORG and bodies.is_state_body(text):
        code = known.code if known else None
        code = code or bodies.country_in(text) or _country_of_body(context, item, text)
        if code is not None:
            return _state_body(fullest, known.name if known else text, code, rule)
    if known is not None:
        return _plain(known.name, mention.type, known.code, "known-name", 0.95)
    longer = context.longer_form(item, text)
    if longer is not None:
        return _plain(longer, mention.type, None, "longer-form", 0.8)
    return _plain(text, mention.type, None, rule, score)


def _known(text: str, type_: EntityType) -> KnownName | None:
    known = known_names().get(text) or known_names().get(text.replace("’", "'"))
    return known if known is not None and known.type == type_ else None


def _state_body(
    fullest: dict[tuple[str, str], str], text: str, code: str, rule: str
) -> ResolvedName:
    """Name a state's body: by the form that carries its country, else with the country added."""
    same = fullest.get((bodies.core(text), code))
    if same is not None:
        rule = rule if same == text else "same-body"
        return _plain(same, EntityType.ORG, code, rule, 0.85)
    if bodies.is_generic(text):
        name = f"{text} ({countries()[code].name})"
        return _plain(name, EntityType.ORG, code, "country-beside", 0.85)
    return _plain(text, EntityType.ORG, code, rule, 0.9)


def _country_of_body(context: Context, item: Item, text: str) -> str | None:
    """Country of a generic body: its owner before, its seat after, or the article's only one."""
    if not bodies.is_generic(text):
        return None
    before, gap = context.before(item)
    if before is not None and gap <= _POSSESSIVE:
        code = context.code_of(before)
        if code is not None:
            return code
    after, gap = context.after(item)
    if after is not None and gap in _SEAT:
        code = context.code_of(after)
        if code is not None:
            return code
    named = context.countries[item.article]
    return next(iter(named)) if len(named) == 1 else context.homes.get(item.article)


def _fullest_bodies(context: Context) -> dict[tuple[str, str], str]:
    """The longest name of each state body that carries its country, by core and country."""
    best: dict[tuple[str, str], str] = {}
    for item in context.items:
        text = item.mention.text
        if item.mention.type is EntityType.ORG and bodies.is_state_body(text):
            code = bodies.country_in(text)
            if code is not None:
                key = bodies.core(text), code
                best[key] = max(best.get(key, ""), text, key=len)
    return best
