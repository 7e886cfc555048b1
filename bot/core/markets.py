"""Where a post is seen: the countries of ISO 3166-1 by their usual English names, and the regions of brands."""

from __future__ import annotations

from difflib import get_close_matches

_COUNTRIES = """
Afghanistan, Åland, Albania, Algeria, American Samoa, Andorra, Angola, Anguilla, Antarctica, Antigua and Barbuda,
Argentina, Armenia, Aruba, Australia, Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium,
Belize, Benin, Bermuda, Bhutan, Bolivia, Bonaire, Bosnia and Herzegovina, Botswana, Brazil, Brunei, Bulgaria,
Burkina Faso, Burundi, Cabo Verde, Cape Verde, Cambodia, Cameroon, Canada, Cayman Islands, Central African Republic,
Chad, Chile, China, Christmas Island, Cocos Islands, Colombia, Comoros, Congo, Cook Islands, Costa Rica, Côte d'Ivoire,
Ivory Coast, Croatia, Cuba, Curaçao, Cyprus, Czechia, Czech Republic, Denmark, Djibouti, Dominica, Dominican Republic,
Ecuador, Egypt, El Salvador, Equatorial Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Falkland Islands, Faroe Islands,
Fiji, Finland, France, French Guiana, French Polynesia, Gabon, Gambia, Georgia, Germany, Ghana, Gibraltar, Greece,
Greenland, Grenada, Guadeloupe, Guam, Guatemala, Guernsey, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hong Kong,
Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Isle of Man, Israel, Italy, Jamaica, Japan, Jersey, Jordan,
Kazakhstan, Kenya, Kiribati, North Korea, South Korea, Korea, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon,
Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Macao, Macau, Madagascar, Malawi, Malaysia, Maldives,
Mali, Malta, Marshall Islands, Martinique, Mauritania, Mauritius, Mayotte, Mexico, Micronesia, Moldova, Monaco,
Mongolia, Montenegro, Montserrat, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, Holland,
New Caledonia, New Zealand, Nicaragua, Niger, Nigeria, Niue, Norfolk Island, North Macedonia,
Northern Mariana Islands, Norway, Oman, Pakistan, Palau, Palestine, Panama, Papua New Guinea, Paraguay, Peru,
Philippines, Pitcairn, Poland, Portugal, Puerto Rico, Qatar, Réunion, Romania, Russia, Rwanda, Saint Barthélemy,
Saint Helena, Saint Kitts and Nevis, Saint Lucia, Saint Martin, Saint Pierre and Miquelon,
Saint Vincent and the Grenadines, Samoa, San Marino, São Tomé and Príncipe, Saudi Arabia, Senegal, Serbia, Seychelles,
Sierra Leone, Singapore, Sint Maarten, Slovakia, Slovenia, Solomon Islands, Somalia, South Africa, South Georgia,
South Sudan, Spain, Sri Lanka, Sudan, Suriname, Svalbard, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania,
Thailand, Timor-Leste, Togo, Tokelau, Tonga, Trinidad and Tobago, Tunisia, Turkey, Türkiye, Turkmenistan,
Turks and Caicos Islands, Tuvalu, Uganda, Ukraine, United Arab Emirates, United Kingdom, Great Britain, Britain,
England, Scotland, Wales, Northern Ireland, United States, United States of America, America, Uruguay, Uzbekistan,
Vanuatu, Vatican, Venezuela, Vietnam, Virgin Islands, Wallis and Futuna, Western Sahara, Yemen, Zambia, Zimbabwe
"""
_REGIONS = """
worldwide, global, international, everywhere, Europe, European Union, Eurozone, European Economic Area, Africa, Asia,
Oceania, North America, South America, Central America, Latin America, the Americas, Caribbean,
Middle East, Far East, Gulf, Maghreb, North Africa, Sub-Saharan Africa, West Africa, East Africa, Southern Africa,
Nordics, Nordic countries, Scandinavia, Baltics, Benelux, Iberia, Balkans, British Isles, Central Europe,
Eastern Europe, Western Europe, Northern Europe, Southern Europe, Southeast Asia, South Asia, East Asia, Central Asia,
Asia Pacific, Pacific, Commonwealth, Deutschland, Österreich, Schweiz, Frankreich, Europa, weltweit, España, México,
Suisse, Belgique, België, Nederland, Italia, Polska, Sverige, Norge, Danmark, Suomi, Brasil, Éire, Česko
"""
_CODES = """
EU EEA EFTA UK GB GBR US USA U.S. U.K. UAE KSA NZ AU AUS CA CAN DE DEU AT AUT CH CHE FR FRA ES ESP IT ITA NL NLD BE PT
PL SE SWE NO DK DNK FI IE IRL JP IN BR MX CN KR SG HK ZA TR DACH D-A-CH EMEA MENA APAC LATAM NAM NA GCC ANZ CEE CIS
ASEAN BENELUX NORDICS CEEMEA SEA RoW
"""
"""Counted in capital letters alone: "us" and "in" are words."""


def _listed(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",")]


def _words(text: str) -> str:
    """The words with one blank around each, so that a name is found as whole words."""
    return f" {' '.join(''.join(c if c.isalnum() or c == '.' else ' ' for c in text).split())} "


NAMES = tuple(_listed(_COUNTRIES) + _listed(_REGIONS))
_FOLDED = tuple(_words(name.casefold()) for name in NAMES)
_CAPITALS = tuple(_words(code) for code in _CODES.split())


def names_a_place(text: str) -> bool:
    """True where a country or region stands in the text, alone or with more words: "Berlin (Germany)", "EU + UK"."""
    folded, as_typed = _words(text.casefold()), _words(text)
    alone = _words(text.upper().strip())
    return any(name in folded for name in _FOLDED) or any(code == alone or code in as_typed for code in _CAPITALS)


def nearest_place(text: str) -> str:
    """The place that may be meant, "" where none is near."""
    by_fold = {name.casefold(): name for name in NAMES}
    near = get_close_matches(" ".join(text.casefold().split()), by_fold, 1, 0.7)
    return by_fold[near[0]] if near else ""
