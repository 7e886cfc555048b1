"""What countries and regions are called in eight languages. benchmarks/territories.py writes it.

The names are those of the Unicode CLDR. The code of ISO 3166-1 or UN M49 stands before them, and English comes first.
"""

TERRITORIES = """
001: world, Welt, Monde, Mundo, Mondo, wereld, świat; 002: Africa, Afrika, Afrique, África, Afryka; 003: North America,
Nordamerika, Amérique du Nord, América del Norte, Nord America, Noord-Amerika, Ameryka Północna, América do Norte; 005:
South America, Südamerika, Amérique du Sud, Sudamérica, America del Sud, Zuid-Amerika, Ameryka Południowa, América do
Sul; 009: Oceania, Ozeanien, Océanie, Oceanía, Oceanië; 011: Western Africa, Westafrika, Afrique occidentale, África
occidental, Africa occidentale, West-Afrika, Afryka Zachodnia, África Ocidental; 013: Central America, Mittelamerika,
Amérique centrale, Centroamérica, America Centrale, Midden-Amerika, Ameryka Środkowa, América Central; 014: Eastern
Africa, Ostafrika, Afrique orientale, África oriental, Africa orientale, Oost-Afrika, Afryka Wschodnia, África Oriental;
015: Northern Africa, Nordafrika, Afrique septentrionale, África septentrional, Nordafrica, Noord-Afrika, Afryka
Północna, África Setentrional; 017: Middle Africa, Zentralafrika, Afrique centrale, África central, Africa centrale,
Centraal-Afrika, Afryka Środkowa, África Central; 018: Southern Africa, Südliches Afrika, Afrique australe, África
meridional, Africa del Sud, Zuidelijk Afrika, Afryka Południowa, África Meridional; 019: Americas, Amerika, Amériques,
América, Americhe, Ameryka, Américas; 021: Northern America, Nördliches Amerika, Amérique septentrionale, Norteamérica,
America del Nord, Noordelijk Amerika, Ameryka Północna, América Setentrional; 029: Caribbean, Karibik, Caraïbes, Caribe,
Caraibi, Caribisch gebied, Karaiby; 030: Eastern Asia, Ostasien, Asie de l’Est, Asia oriental, Asia orientale,
Oost-Azië, Azja Wschodnia, Ásia Oriental; 034: Southern Asia, Südasien, Asie du Sud, Asia meridional, Asia del Sud,
Zuid-Azië, Azja Południowa, Ásia Meridional; 035: Southeast Asia, Südostasien, Asie du Sud-Est, Sudeste asiático,
Sud-est asiatico, Zuidoost-Azië, Azja Południowo-Wschodnia, Sudeste Asiático; 039: Southern Europe, Südeuropa, Europe du
Sud, Europa meridional, Europa meridionale, Zuid-Europa, Europa Południowa, Europa Meridional; 053: Australasia,
Australasien, Australasie, Australazië, Australazja, Australásia; 054: Melanesia, Melanesien, Mélanésie, Melanesië,
Melanezja, Melanésia; 057: Micronesian Region, Mikronesisches Inselgebiet, région micronésienne, Región de Micronesia,
Regione micronesiana, Micronesische regio, Region Mikronezji, Região da Micronésia; 061: Polynesia, Polynesien,
Polynésie, Polinesia, Polynesië, Polinezja, Polinésia; 142: Asia, Asien, Asie, Azië, Azja, Ásia; 143: Central Asia,
Zentralasien, Asie centrale, Asia central, Asia centrale, Centraal-Azië, Azja Środkowa, Ásia Central; 145: Western Asia,
Westasien, Asie de l’Ouest, Asia occidental, Asia occidentale, West-Azië, Azja Zachodnia, Ásia Ocidental; 150: Europe,
Europa; 151: Eastern Europe, Osteuropa, Europe de l’Est, Europa oriental, Europa orientale, Oost-Europa, Europa
Wschodnia, Europa Oriental; 154: Northern Europe, Nordeuropa, Europe du Nord, Europa septentrional, Europa
settentrionale, Noord-Europa, Europa Północna, Europa Setentrional; 155: Western Europe, Westeuropa, Europe de l’Ouest,
Europa occidental, Europa occidentale, West-Europa, Europa Zachodnia, Europa Ocidental; 202: Sub-Saharan Africa,
Subsahara-Afrika, Afrique subsaharienne, África subsahariana, Africa subsahariana, Sub-Saharaans Afrika, Afryka
Subsaharyjska, África Subsaariana; 419: Latin America, Lateinamerika, Amérique latine, Latinoamérica, America Latina,
Latijns-Amerika, Ameryka Łacińska, América Latina; AD: Andorra, Andorre, Andora; AE: United Arab Emirates, Vereinigte
Arabische Emirate, Émirats arabes unis, Emiratos Árabes Unidos, Emirati Arabi Uniti, Verenigde Arabische Emiraten,
Zjednoczone Emiraty Arabskie, Emirados Árabes Unidos; AF: Afghanistan, Afganistán, Afganistan, Afeganistão; AG: Antigua
& Barbuda, Antigua und Barbuda, Antigua-et-Barbuda, Antigua y Barbuda, Antigua e Barbuda, Antigua en Barbuda, Antigua i
Barbuda, Antígua e Barbuda; AI: Anguilla, Anguila; AL: Albania, Albanien, Albanie, Albanië, Albânia; AM: Armenia,
Armenien, Arménie, Armenië, Armênia; AO: Angola; AQ: Antarctica, Antarktis, Antarctique, Antártida, Antartide,
Antarktyda; AR: Argentina, Argentinien, Argentine, Argentinië, Argentyna; AS: American Samoa, Amerikanisch-Samoa, Samoa
américaines, Samoa Americana, Samoa Americane, Amerikaans-Samoa, Samoa Amerykańskie; AT: Austria, Österreich, Autriche,
Oostenrijk, Áustria; AU: Australia, Australien, Australie, Australië, Austrália; AW: Aruba; AX: Åland Islands,
Ålandinseln, Îles Åland, Islas Aland, Isole Åland, Åland, Wyspy Alandzkie, Ilhas Aland; AZ: Azerbaijan, Aserbaidschan,
Azerbaïdjan, Azerbaiyán, Azerbaigian, Azerbeidzjan, Azerbejdżan, Azerbaijão; BA: Bosnia & Herzegovina, Bosnien und
Herzegowina, Bosnie-Herzégovine, Bosnia y Herzegovina, Bosnia ed Erzegovina, Bosnië en Herzegovina, Bośnia i
Hercegowina, Bósnia e Herzegovina; BB: Barbados, Barbade; BD: Bangladesh, Bangladesch, Bangladés, Bangladesz; BE:
Belgium, Belgien, Belgique, Bélgica, Belgio, België, Belgia; BF: Burkina Faso, Burquina Faso; BG: Bulgaria, Bulgarien,
Bulgarie, Bulgarije, Bułgaria, Bulgária; BH: Bahrain, Bahreïn, Baréin, Bahrein, Bahrajn, Barein; BI: Burundi; BJ: Benin,
Bénin, Benín; BL: St. Barthélemy, Saint-Barthélemy, San Bartolomé, São Bartolomeu; BM: Bermuda, Bermudes, Bermudas,
Bermudy; BN: Brunei, Brunei Darussalam, Brunéi; BO: Bolivia, Bolivien, Bolivie, Boliwia, Bolívia; BQ: Caribbean
Netherlands, Karibische Niederlande, Pays-Bas caribéens, Caribe neerlandés, Caraibi Olandesi, Caribisch Nederland,
Niderlandy Karaibskie, Países Baixos Caribenhos; BR: Brazil, Brasilien, Brésil, Brasil, Brasile, Brazilië, Brazylia; BS:
Bahamas, Bahama’s, Bahamy; BT: Bhutan, Bhoutan, Bután, Butão; BV: Bouvet Island, Bouvetinsel, Île Bouvet, Isla Bouvet,
Isola Bouvet, Bouveteiland, Wyspa Bouveta, Ilha Bouvet; BW: Botswana, Botsuana; BY: Belarus, Biélorussie, Bielorrusia,
Bielorussia, Białoruś, Bielorrússia; BZ: Belize, Belice; CA: Canada, Kanada, Canadá; CC: Cocos, Kokosinseln, Îles Cocos,
Islas Cocos, Isole Cocos, Cocoseilanden, Wyspy Kokosowe, Ilhas Cocos; CD: Congo - Kinshasa, Kongo-Kinshasa,
Congo-Kinshasa, República Democrática del Congo, Demokratyczna Republika Konga; CF: Central African Republic,
Zentralafrikanische Republik, République centrafricaine, República Centroafricana, Repubblica Centrafricana,
Centraal-Afrikaanse Republiek, Republika Środkowoafrykańska, República Centro-Africana; CG: Congo - Brazzaville,
Kongo-Brazzaville, Congo-Brazzaville, Congo, Kongo, República do Congo; CH: Switzerland, Schweiz, Suisse, Suiza,
Svizzera, Zwitserland, Szwajcaria, Suíça; CI: Côte d’Ivoire, Costa d’Avorio, Ivoorkust, Costa do Marfim; CK: Cook
Islands, Cookinseln, Îles Cook, Islas Cook, Isole Cook, Cookeilanden, Wyspy Cooka, Ilhas Cook; CL: Chile, Chili, Cile;
CM: Cameroon, Kamerun, Cameroun, Camerún, Camerun, Kameroen, Camarões; CN: China, Chine, Cina, Chiny; CO: Colombia,
Kolumbien, Colombie, Kolumbia, Colômbia; CR: Costa Rica, Kostaryka; CU: Cuba, Kuba; CV: Cape Verde, Cabo Verde,
Cap-Vert, Capo Verde, Kaapverdië, Republika Zielonego Przylądka; CW: Curaçao, Curazao; CX: Christmas Island,
Weihnachtsinsel, Île Christmas, Isla de Navidad, Isola Christmas, Christmaseiland, Wyspa Bożego Narodzenia, Ilha
Christmas; CY: Cyprus, Zypern, Chypre, Chipre, Cipro, Cypr; CZ: Czechia, Tschechien, Tchéquie, Chequia, Cechia,
Tsjechië, Czechy, Tchéquia; DE: Germany, Deutschland, Allemagne, Alemania, Germania, Duitsland, Niemcy, Alemanha; DJ:
Djibouti, Dschibuti, Yibuti, Gibuti, Dżibuti, Djibuti; DK: Denmark, Dänemark, Danemark, Dinamarca, Danimarca,
Denemarken, Dania; DM: Dominica, Dominique, Dominika; DO: Dominican Republic, Dominikanische Republik, République
dominicaine, República Dominicana, Repubblica Dominicana, Dominicaanse Republiek, Dominikana; DZ: Algeria, Algerien,
Algérie, Argelia, Algerije, Algieria, Argélia; EC: Ecuador, Équateur, Ekwador, Equador; EE: Estonia, Estland, Estonie,
Estônia; EG: Egypt, Ägypten, Égypte, Egipto, Egitto, Egypte, Egipt, Egito; EH: Western Sahara, Westsahara, Sahara
occidental, Sáhara Occidental, Sahara Occidentale, Westelijke Sahara, Sahara Zachodnia, Saara Ocidental; ER: Eritrea,
Érythrée, Erytrea, Eritreia; ES: Spain, Spanien, Espagne, España, Spagna, Spanje, Hiszpania, Espanha; ET: Ethiopia,
Äthiopien, Éthiopie, Etiopía, Etiopia, Ethiopië, Etiópia; EU: European Union, Europäische Union, Union européenne, Unión
Europea, Unione europea, Europese Unie, Unia Europejska, União Europeia; EZ: Eurozone, zone euro, zona del euro,
Eurozona, eurozone, strefa euro, zona do euro; FI: Finland, Finnland, Finlande, Finlandia, Finlândia; FJ: Fiji, Fidschi,
Fidji, Fiyi, Figi, Fidżi; FK: Falkland Islands, Falklandinseln, Îles Malouines, Islas Malvinas, Isole Falkland,
Falklandeilanden, Falklandy, Ilhas Malvinas; FM: Micronesia, Mikronesien, Micronésie, Mikronezja, Micronésia; FO: Faroe
Islands, Färöer, Îles Féroé, Islas Feroe, Isole Fær Øer, Faeröer, Wyspy Owcze, Ilhas Faroé; FR: France, Frankreich,
Francia, Frankrijk, Francja, França; GA: Gabon, Gabun, Gabón, Gabão; GB: United Kingdom, Vereinigtes Königreich,
Royaume-Uni, Reino Unido, Regno Unito, Verenigd Koninkrijk, Wielka Brytania; GD: Grenada, Grenade, Granada; GE: Georgia,
Georgien, Géorgie, Georgië, Gruzja, Geórgia; GF: French Guiana, Französisch-Guayana, Guyane française, Guayana Francesa,
Guyana Francese, Frans-Guyana, Gujana Francuska, Guiana Francesa; GG: Guernsey, Guernesey; GH: Ghana, Gana; GI:
Gibraltar, Gibilterra; GL: Greenland, Grönland, Groenland, Groenlandia, Grenlandia, Groenlândia; GM: Gambia, Gambie,
Gâmbia; GN: Guinea, Guinée, Guinee, Gwinea, Guiné; GP: Guadeloupe, Guadalupe, Guadalupa, Gwadelupa; GQ: Equatorial
Guinea, Äquatorialguinea, Guinée équatoriale, Guinea Ecuatorial, Guinea Equatoriale, Equatoriaal-Guinea, Gwinea
Równikowa, Guiné Equatorial; GR: Greece, Griechenland, Grèce, Grecia, Griekenland, Grecja, Grécia; GS: South Georgia &
South Sandwich Islands, Südgeorgien und die Südlichen Sandwichinseln, Géorgie du Sud-et-les Îles Sandwich du Sud, Islas
Georgia del Sur y Sandwich del Sur, Georgia del Sud e Sandwich Australi, Zuid-Georgia en Zuidelijke Sandwicheilanden,
Georgia Południowa i Sandwich Południowy, Ilhas Geórgia do Sul e Sandwich do Sul; GT: Guatemala, Gwatemala; GU: Guam;
GW: Guinea-Bissau, Guinée-Bissau, Guinea-Bisáu, Guinee-Bissau, Gwinea Bissau, Guiné-Bissau; GY: Guyana, Gujana, Guiana;
HK: Hong Kong SAR China, Sonderverwaltungsregion Hongkong, R.A.S. chinoise de Hong Kong, RAE de Hong Kong, RAS di Hong
Kong, Hongkong SAR van China, SRA Hongkong, Hong Kong; HM: Heard & McDonald Islands, Heard und McDonaldinseln, Îles
Heard-et-MacDonald, Islas Heard y McDonald, Isole Heard e McDonald, Heard en McDonaldeilanden, Wyspy Heard i McDonalda,
Ilhas Heard e McDonald; HN: Honduras; HR: Croatia, Kroatien, Croatie, Croacia, Croazia, Kroatië, Chorwacja, Croácia; HT:
Haiti, Haïti, Haití; HU: Hungary, Ungarn, Hongrie, Hungría, Ungheria, Hongarije, Węgry, Hungria; ID: Indonesia,
Indonesien, Indonésie, Indonesië, Indonezja, Indonésia; IE: Ireland, Irland, Irlande, Irlanda, Ierland, Irlandia; IL:
Israel, Israël, Israele, Izrael; IM: Isle of Man, Île de Man, Isla de Man, Isola di Man, Wyspa Man, Ilha de Man; IN:
India, Indien, Inde, Indie, Índia; IO: British Indian Ocean Territory, Britisches Territorium im Indischen Ozean,
Territoire britannique de l’océan Indien, Territorio Británico del Océano Índico, Territorio Britannico dell’Oceano
Indiano, Brits Indische Oceaanterritorium, Brytyjskie Terytorium Oceanu Indyjskiego, Território Britânico do Oceano
Índico; IQ: Iraq, Irak, Iraque; IR: Iran, Irán, Irã; IS: Iceland, Island, Islande, Islandia, Islanda, IJsland, Islândia;
IT: Italy, Italien, Italie, Italia, Italië, Włochy, Itália; JE: Jersey; JM: Jamaica, Jamaika, Jamaïque, Giamaica,
Jamajka; JO: Jordan, Jordanien, Jordanie, Jordania, Giordania, Jordanië, Jordânia; JP: Japan, Japon, Japón, Giappone,
Japonia, Japão; KE: Kenya, Kenia, Quênia; KG: Kyrgyzstan, Kirgisistan, Kirghizstan, Kirguistán, Kirghizistan, Kirgizië,
Kirgistan, Quirguistão; KH: Cambodia, Kambodscha, Cambodge, Camboya, Cambogia, Cambodja, Kambodża, Camboja; KI:
Kiribati, Quiribati; KM: Comoros, Komoren, Comores, Comoras, Comore, Comoren, Komory; KN: St. Kitts & Nevis, St. Kitts
und Nevis, Saint-Christophe-et-Niévès, San Cristóbal y Nieves, Saint Kitts e Nevis, Saint Kitts en Nevis, Saint Kitts i
Nevis, São Cristóvão e Névis; KP: North Korea, Nordkorea, Corée du Nord, Corea del Norte, Corea del Nord, Noord-Korea,
Korea Północna, Coreia do Norte; KR: South Korea, Südkorea, Corée du Sud, Corea del Sur, Corea del Sud, Zuid-Korea,
Korea Południowa, Coreia do Sul; KW: Kuwait, Koweït, Koeweit, Kuwejt; KY: Cayman Islands, Kaimaninseln, Îles Caïmans,
Islas Caimán, Isole Cayman, Kaaimaneilanden, Kajmany, Ilhas Cayman; KZ: Kazakhstan, Kasachstan, Kazajistán, Kazakistan,
Kazachstan, Cazaquistão; LA: Laos; LB: Lebanon, Libanon, Liban, Líbano, Libano; LC: St. Lucia, Sainte-Lucie, Santa
Lucía, Saint Lucia, Santa Lúcia; LI: Liechtenstein; LK: Sri Lanka; LR: Liberia, Libéria; LS: Lesotho, Lesoto; LT:
Lithuania, Litauen, Lituanie, Lituania, Litouwen, Litwa, Lituânia; LU: Luxembourg, Luxemburg, Luxemburgo, Lussemburgo,
Luksemburg; LV: Latvia, Lettland, Lettonie, Letonia, Lettonia, Letland, Łotwa, Letônia; LY: Libya, Libyen, Libye, Libia,
Libië, Líbia; MA: Morocco, Marokko, Maroc, Marruecos, Marocco, Maroko, Marrocos; MC: Monaco, Mónaco, Monako, Mônaco; MD:
Moldova, Republik Moldau, Moldavie, Moldavia, Moldavië, Mołdawia, Moldávia; ME: Montenegro, Monténégro, Czarnogóra; MF:
St. Martin, Saint-Martin, San Martín, Saint Martin, São Martinho; MG: Madagascar, Madagaskar; MH: Marshall Islands,
Marshallinseln, Îles Marshall, Islas Marshall, Isole Marshall, Marshalleilanden, Wyspy Marshalla, Ilhas Marshall; MK:
North Macedonia, Nordmazedonien, Macédoine du Nord, Macedonia del Norte, Macedonia del Nord, Noord-Macedonië, Macedonia
Północna, Macedônia do Norte; ML: Mali; MM: Myanmar, Mjanma, Mianmar; MN: Mongolia, Mongolei, Mongolie, Mongolië,
Mongólia; MO: Macao SAR China, Sonderverwaltungsregion Macau, R.A.S. chinoise de Macao, RAE de Macao, RAS di Macao,
Macau SAR van China, SRA Makau, Macau; MP: Northern Mariana Islands, Nördliche Marianen, Îles Mariannes du Nord, Islas
Marianas del Norte, Isole Marianne Settentrionali, Noordelijke Marianen, Mariany Północne, Ilhas Marianas do Norte; MQ:
Martinique, Martinica, Martynika; MR: Mauritania, Mauretanien, Mauritanie, Mauritanië, Mauretania, Mauritânia; MS:
Montserrat; MT: Malta, Malte; MU: Mauritius, Maurice, Mauricio, Maurício; MV: Maldives, Malediven, Maldivas, Maldive,
Maldiven, Malediwy; MW: Malawi, Malaui; MX: Mexico, Mexiko, Mexique, México, Messico, Meksyk; MY: Malaysia, Malaisie,
Malasia, Maleisië, Malezja, Malásia; MZ: Mozambique, Mosambik, Mozambico, Mozambik, Moçambique; NA: Namibia, Namibie,
Namibië, Namíbia; NC: New Caledonia, Neukaledonien, Nouvelle-Calédonie, Nueva Caledonia, Nuova Caledonia,
Nieuw-Caledonië, Nowa Kaledonia, Nova Caledônia; NE: Niger, Níger; NF: Norfolk Island, Norfolkinsel, Île Norfolk, Isla
Norfolk, Isola Norfolk, Norfolk, Ilha Norfolk; NG: Nigeria, Nigéria; NI: Nicaragua, Nikaragua, Nicarágua; NL:
Netherlands, Niederlande, Pays-Bas, Países Bajos, Paesi Bassi, Nederland, Holandia, Países Baixos; NO: Norway, Norwegen,
Norvège, Noruega, Norvegia, Noorwegen, Norwegia; NP: Nepal, Népal; NR: Nauru; NU: Niue; NZ: New Zealand, Neuseeland,
Nouvelle-Zélande, Nueva Zelanda, Nuova Zelanda, Nieuw-Zeeland, Nowa Zelandia, Nova Zelândia; OM: Oman, Omán, Omã; PA:
Panama, Panamá; PE: Peru, Pérou, Perú, Perù; PF: French Polynesia, Französisch-Polynesien, Polynésie française,
Polinesia Francesa, Polinesia Francese, Frans-Polynesië, Polinezja Francuska, Polinésia Francesa; PG: Papua New Guinea,
Papua-Neuguinea, Papouasie-Nouvelle-Guinée, Papúa Nueva Guinea, Papua Nuova Guinea, Papoea-Nieuw-Guinea, Papua-Nowa
Gwinea, Papua-Nova Guiné; PH: Philippines, Philippinen, Filipinas, Filippine, Filipijnen, Filipiny; PK: Pakistan,
Pakistán, Paquistão; PL: Poland, Polen, Pologne, Polonia, Polska, Polônia; PM: St. Pierre & Miquelon, St. Pierre und
Miquelon, Saint-Pierre-et-Miquelon, San Pedro y Miquelón, Saint-Pierre e Miquelon, Saint-Pierre en Miquelon,
Saint-Pierre i Miquelon, São Pedro e Miquelão; PN: Pitcairn Islands, Pitcairninseln, Îles Pitcairn, Islas Pitcairn,
Isole Pitcairn, Pitcairneilanden, Pitcairn, Ilhas Pitcairn; PR: Puerto Rico, Porto Rico, Portorico, Portoryko; PS:
Palestinian Territories, Palästinensische Autonomiegebiete, Territoires palestiniens, Territorios Palestinos, Territori
Palestinesi, Palestijnse gebieden, Terytoria Palestyńskie, Territórios palestinos; PT: Portugal, Portogallo, Portugalia;
PW: Palau, Palaos; PY: Paraguay, Paragwaj, Paraguai; QA: Qatar, Katar, Catar; RE: Réunion, La Réunion, Reunión,
Riunione, Reunion, Reunião; RO: Romania, Rumänien, Roumanie, Rumanía, Roemenië, Rumunia, Romênia; RS: Serbia, Serbien,
Serbie, Servië, Sérvia; RU: Russia, Russland, Russie, Rusia, Rusland, Rosja, Rússia; RW: Rwanda, Ruanda; SA: Saudi
Arabia, Saudi-Arabien, Arabie saoudite, Arabia Saudí, Arabia Saudita, Saoedi-Arabië, Arabia Saudyjska, Arábia Saudita;
SB: Solomon Islands, Salomonen, Îles Salomon, Islas Salomón, Isole Salomone, Salomonseilanden, Wyspy Salomona, Ilhas
Salomão; SC: Seychelles, Seychellen, Seszele, Seicheles; SD: Sudan, Soudan, Sudán, Soedan, Sudão; SE: Sweden, Schweden,
Suède, Suecia, Svezia, Zweden, Szwecja, Suécia; SG: Singapore, Singapur, Singapour, Singapura; SH: St. Helena,
Sainte-Hélène, Santa Elena, Sant’Elena, Sint-Helena, Wyspa Świętej Heleny, Santa Helena; SI: Slovenia, Slowenien,
Slovénie, Eslovenia, Slovenië, Słowenia, Eslovênia; SJ: Svalbard & Jan Mayen, Spitzbergen und Jan Mayen, Svalbard et Jan
Mayen, Svalbard y Jan Mayen, Svalbard e Jan Mayen, Spitsbergen en Jan Mayen, Svalbard i Jan Mayen; SK: Slovakia,
Slowakei, Slovaquie, Eslovaquia, Slovacchia, Slowakije, Słowacja, Eslováquia; SL: Sierra Leone, Sierra Leona, Serra
Leoa; SM: San Marino, Saint-Marin; SN: Senegal, Sénégal; SO: Somalia, Somalie, Somalië, Somália; SR: Suriname, Surinam;
SS: South Sudan, Südsudan, Soudan du Sud, Sudán del Sur, Sud Sudan, Zuid-Soedan, Sudan Południowy, Sudão do Sul; ST: São
Tomé & Príncipe, São Tomé und Príncipe, Sao Tomé-et-Principe, Santo Tomé y Príncipe, São Tomé e Príncipe, Sao Tomé en
Principe, Wyspy Świętego Tomasza i Książęca; SV: El Salvador, Salvador, Salwador; SX: Sint Maarten, Saint-Martin,
Sint-Maarten; SY: Syria, Syrien, Syrie, Siria, Syrië, Síria; SZ: Eswatini, Esuatini, Essuatíni; TC: Turks & Caicos
Islands, Turks- und Caicosinseln, Îles Turques-et-Caïques, Islas Turcas y Caicos, Isole Turks e Caicos, Turks- en
Caicoseilanden, Turks i Caicos, Ilhas Turcas e Caicos; TD: Chad, Tschad, Tchad, Ciad, Tsjaad, Czad, Chade; TF: French
Southern Territories, Französische Süd- und Antarktisgebiete, Terres australes françaises, Territorios Australes
Franceses, Terre Australi Francesi, Franse Gebieden in de zuidelijke Indische Oceaan, Francuskie Terytoria Południowe i
Antarktyczne, Territórios Franceses do Sul; TG: Togo; TH: Thailand, Thaïlande, Tailandia, Thailandia, Tajlandia,
Tailândia; TJ: Tajikistan, Tadschikistan, Tadjikistan, Tayikistán, Tagikistan, Tadzjikistan, Tadżykistan, Tadjiquistão;
TK: Tokelau; TL: Timor-Leste, Timor oriental, Timor Est, Oost-Timor, Timor Wschodni; TM: Turkmenistan, Turkménistan,
Turkmenistán, Turcomenistão; TN: Tunisia, Tunesien, Tunisie, Túnez, Tunesië, Tunezja, Tunísia; TO: Tonga; TR: Türkiye,
Türkei, Turquie, Turquía, Turchia, Turkije, Turcja, Turquia; TT: Trinidad & Tobago, Trinidad und Tobago,
Trinité-et-Tobago, Trinidad y Tobago, Trinidad e Tobago, Trinidad en Tobago, Trynidad i Tobago; TV: Tuvalu; TW: Taiwan,
Taïwan, Taiwán, Tajwan; TZ: Tanzania, Tansania, Tanzanie, Tanzânia; UA: Ukraine, Ucrania, Ucraina, Oekraïne, Ukraina,
Ucrânia; UG: Uganda, Ouganda, Oeganda; UM: U.S. Outlying Islands, Amerikanische Überseeinseln, Îles mineures éloignées
des États-Unis, Islas menores alejadas de EE. UU., Isole Minori Esterne degli Stati Uniti, Kleine afgelegen eilanden van
de Verenigde Staten, Dalekie Wyspy Mniejsze Stanów Zjednoczonych, Ilhas Menores Distantes dos EUA; US: United States,
Vereinigte Staaten, États-Unis, Estados Unidos, Stati Uniti, Verenigde Staten, Stany Zjednoczone; UY: Uruguay, Urugwaj,
Uruguai; UZ: Uzbekistan, Usbekistan, Ouzbékistan, Uzbekistán, Oezbekistan, Uzbequistão; VA: Vatican City, Vatikanstadt,
État de la Cité du Vatican, Ciudad del Vaticano, Città del Vaticano, Vaticaanstad, Watykan, Cidade do Vaticano; VC: St.
Vincent & Grenadines, St. Vincent und die Grenadinen, Saint-Vincent-et-les Grenadines, San Vicente y las Granadinas,
Saint Vincent e Grenadine, Saint Vincent en de Grenadines, Saint Vincent i Grenadyny, São Vicente e Granadinas; VE:
Venezuela, Wenezuela; VG: British Virgin Islands, Britische Jungferninseln, Îles Vierges britanniques, Islas Vírgenes
Británicas, Isole Vergini Britanniche, Britse Maagdeneilanden, Brytyjskie Wyspy Dziewicze, Ilhas Virgens Britânicas; VI:
U.S. Virgin Islands, Amerikanische Jungferninseln, Îles Vierges des États-Unis, Islas Vírgenes de EE. UU., Isole Vergini
Americane, Amerikaanse Maagdeneilanden, Wyspy Dziewicze Stanów Zjednoczonych, Ilhas Virgens Americanas; VN: Vietnam,
Viêt Nam, Wietnam, Vietnã; VU: Vanuatu; WF: Wallis & Futuna, Wallis und Futuna, Wallis-et-Futuna, Wallis y Futuna,
Wallis e Futuna, Wallis en Futuna, Wallis i Futuna; WS: Samoa; XK: Kosovo, Kosowo; YE: Yemen, Jemen, Yémen, Iêmen; YT:
Mayotte, Majotta; ZA: South Africa, Südafrika, Afrique du Sud, Sudáfrica, Sudafrica, Zuid-Afrika, Republika Południowej
Afryki, África do Sul; ZM: Zambia, Sambia, Zambie, Zâmbia; ZW: Zimbabwe, Simbabwe, Zimbabue, Zimbábue
"""
