"""Languages as news databases print them, in the language of the story or of the user.

Names are those of the Unicode Common Locale Data Repository 44 (facts, Unicode License v3), codes
those of ISO 639-1.
"""

from typing import Final

_NAMES: Final = {
    "ar": "arabic arabisch arabe árabe arabo",
    "bg": "bulgarian bulgarisch bulgare",
    "ca": "catalan català katalanisch catalán",
    "cs": "czech tschechisch tchèque checo čeština",
    "da": "danish dänisch danois danés dansk deens",
    "de": "german deutsch allemand alemán duits tedesco alemão",
    "el": "greek griechisch grec griego ελληνικά",
    "en": "english englisch anglais inglés engels inglese inglês 英语 英文 英語",
    "es": "spanish spanisch espagnol español spaans spagnolo espanhol castellano",
    "fi": "finnish finnisch finnois finés suomi",
    "fr": "french französisch français francés frans francese francês",
    "hu": "hungarian ungarisch hongrois húngaro magyar",
    "id": "indonesian indonesisch indonésien indonesia",
    "it": "italian italienisch italien italiano italiaans",
    "ja": "japanese japanisch japonais japonés 日本語",
    "ko": "korean koreanisch coréen coreano 한국어",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands olandese holandês",
    "no": "norwegian norwegisch norvégien noruego norsk",
    "pl": "polish polnisch polonais polaco polski",
    "pt": "portuguese portugiesisch portugais portugués portugees portoghese português",
    "ro": "romanian rumänisch roumain rumano română",
    "ru": "russian russisch russe ruso русский",
    "sk": "slovak slowakisch slovaque eslovaco",
    "sv": "swedish schwedisch suédois sueco svenska zweeds",
    "tr": "turkish türkisch turc turco türkçe",
    "uk": "ukrainian ukrainisch ukrainien ucraniano українська",
    "zh": "chinese chinesisch chinois chino 中文 简体中文 繁體中文",
}
_CODES: Final = {name: code for code, names in _NAMES.items() for name in names.split()}


def language_code(name: str) -> str | None:
    """The code of a language that is printed by its name; None for names that are not known.

    What follows a semicolon, comma or parenthesis does not count.

    >>> language_code("ENGLISH"), language_code("English; EN"), language_code("Words")
    ('en', 'en', None)
    """
    for stop in ";,([":
        name = name.partition(stop)[0]
    return _CODES.get(name.strip().casefold())
