"""Words for one thing in English, German, French and Spanish, without accents and capitals, with its class.

What a brand tells of itself is told in few kinds of words: who pays, what happens when, and in what. Two members of one
class are no synonyms: a child's ticket isn't an adult's. An entry is `class name: words`, one word for each stem; a "."
is no class, as a draft may name many such things at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rules.values import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

_THESAURUS = """
who adult: adult grownup erwachsene erwachsener erwachsenen adulto
who child: child children kid kiddo kinder kindern enfant nino nina pequenos junior youngster
who baby: baby toddler infant kleinkind kleinkinder bebe
who teen: teen teenager youth jugendliche jugendlichen jugend ado adolescent joven
who student: student studierende studenten studis etudiant estudiante apprentice azubi auszubildende pupil schuler
    schulerin eleve alumno
who senior: senior pensioner oap senioren retiree jubilado retraite rentner
who member: member membership mitglied mitglieder mitgliedschaft membre adherent socio subscriber
who group: group gruppe gruppen grupo party
who family: family familie familien familia household
who resident: resident local islander anwohner einheimische habitant vecino
who business: business firm corporate trade wholesale geschaftskunden gewerbe entreprise empresa company
who beginner: beginner newbie newbies novice anfanger debutant principiante
who couple: couple pair paar pareja duo
who newcomer: newcomer neukunden nouveaux nuevos
who staff: staff employee employ employs worker crew mitarbeiter mitarbeitende belegschaft beschaftigte salaries
    empleado personal
who volunteer: volunteer ehrenamtliche freiwillige benevole voluntario
who friend: friend mate pal buddy freund freundin ami amigo
who customer: customer client kunde kunden kundin shopper
who guest: guest visitor gast besucher visiteur visitante huesped
who author: author writer autor autoren auteur
who rider: rider courier kurier fahrer driver
who kitten: kitten katzchen chaton gatito
who puppy: puppy pup welpe welpen chiot cachorro
who parent: parent mum dad eltern padres
event open: open offnen offnet offnung offnungszeiten geoffnet aufmachen ouvrir ouvre ouvert ouverture abre abren
    abierto abierta abrimos apertura unlock
event close: close shut schliessen schliesst schluss geschlossen zumachen ferme fermeture cierra cierran cerrado
    cerramos cierre
event start: start begin kick kickoff commence beginnt beginnen anfangen anfang startet losgeht los debut commencent
    empieza empiezan comienza comienzan inicio
event end: end finish endet enden finit termine fin termina terminan acaba wrap
event launch: launch release lanza lanzamiento erscheint lance lancement
event founded: found founder since gegrundet grundung seit grunden fonde fondee fondation depuis fundado fundada
    fundo desde begun
event built: built build gebaut baujahr construit construido forged dates
event arrive: arrive arrival ankunft ankommen ankommt arrivee arrivent llega llegan llegada check-in checkin anreise
event depart: depart departure leave sail sailings abfahrt abfahren fahrt pull salida check-out checkout abreise
event board: aboard boarding embark gangway einsteigen embarquement embarque
event order: order bestellen bestellt bestellung bestellungen bestell bestellwert commande commander pedido pedir
    encargo basket warenkorb panier spend einkaufswert
event deliver: deliver ship postage post dispatch liefern liefert lieferung lieferungen versand versenden verschickt
    livrer livraison livrons expedition envio enviamos entrega enviar doorstep
event return: return zuruckgeben zuruckschicken ruckgabe rucksendung retoure retouren umtausch umtauschen renvoyer
    devolver devolucion exchange swap
event refund: refund moneyback erstatten erstattet erstattung ruckerstattung rembourse rembourser remboursement
    reembolso reembolsar
event cancel: cancel cancellation kundigen kundbar kundigung stornieren stornierung storno absagen annuler
    annulation resilier cancelar cancelacion anular
event change: change rebook umbuchen umbuchung andern modifier modification cambiar cambio
event pause: pause freeze skip pausieren pausiert pausar suspend
event reply: reply replied answer respond response antwort antworten antwortet beantworten repondre repondons
    reponse responder respuesta respondemos
event book: book bookings reserve reservation buchen buchung gebucht reservieren reservierung reserver reservar
    reserva
event pay: paid payment payout pays bezahlen zahlen zahlt zahlung payer paiement pagar paga pagan pago
event repair: repair mend fix patch reparatur reparaturen reparieren repariert flicken reparer reparation arreglar
    reparar reparacion arreglo
event rent: rent rental hire mieten miete leihen verleih ausleihen leih louer location alquilar alquiler borrow
event wash: wash laundry clean waschen wasche gewaschen laver lavage lavar lavado
event expire: expire valid gultig verfallt ablaufen valable valido valida caduca vence
event keep: keep kept hold held stays stay aufbewahren aufbewahrt lagern garder gardons guardar guardamos conservar
event ready: ready fertig pret listo
event wait: wait queue warten wartezeit attente attendre espera esperar
event apply: apply application bewerben bewerbung candidature postuler solicitud inscribe
event register: register registration enrol enrolment signup anmelden anmeldung inscription inscrire inscripcion
    matricula matricular
event donate: donate donation spenden gespendet donar donacion charity
event earn: earn wage salaire lohn verdienen verdient gehalt sueldo ganar ganan
event win: win winner prize gewinnen gewinn gagner gagne premio sorteo giveaway
event rest: rest mature ferment reposer repose reposa reposar ruht ruhen reift reifen
event bake: bake backen gebacken cuire cuit hornear horneado oven
event grow: grow grown picked harvest geerntet ernte recolte recolter cosecha
event make: make made produce herstellen hergestellt fabrique fabriquons producir hacemos hecho handmade knit
event recycle: recycle recycelt recyceltem recyclee reciclado reciclada reciclar
event employ: recruit vacancy stelle stellen job empleo
event reach: reach reichweite autonomie autonomia charging akku battery batterie bateria
event weigh: weigh weight wiegt gewicht pese poids pesa peso
event carry: carry capacity seats fit passt platz place plaza seater sitzplatze kapazitat capacidad asiento spot
    space aforo
event serve: serve feeds fed portion portionen personne porciones
event plant: plant pflanzen gepflanzt planter plantons plantar plantamos tree baum arbre arbol
event guarantee: guarantee warranty garantie garantieren garantia
event trial: trial try probe probezeit testen probewoche essai essayer prueba probar
event discount: save savings sparen spart ersparnis economiser economie ahorra ahorrar ahorro cheaper gunstiger
    discount off rabatt nachlass ermassigung remise reduction descuento reduced prozente
event fee: fee gebuhr gebuhren frais tasa cargo surcharge
event tour: tour guided fuhrung fuhrungen visite recorrido visita
event refer: refer referral recommend empfehlen empfehlung parrainer parrainage recomienda
event enter: entry entrance admission eintritt einlass entree entrada enter ingreso
event rescue: rescue adopt adoption adoptiert vermitteln vermittelt
event cool: quiet silence ruhe ruhezeit nachtruhe calme silencio whisper
trip return: roundtrip ruckfahrt
trip single: oneway single einfach sencillo
way online: online web website webshop internet onlineshop
way phone: phone telephone telefon telefonisch telefono call anruf hotline helpline llamada appel
way mail: email mail correo
way express: express overnight expres eilversand rush schnellversand
way standard: standard regular normal basic basis estandar
way second-hand: secondhand gebraucht preloved refurbished
way gift: gift voucher geschenk gutschein cadeau cadeaux regalo
way takeaway: takeaway mitnehmen emporter llevar collect collection abholen abholung pickup
when winter: winter hiver invierno wintry
when summer: summer sommer ete verano
when spring: spring fruhling fruhjahr printemps primavera
when autumn: autumn herbst automne otono
when weekend: weekend wochenende wochenenden finde
when weekday: weekday weekdays midweek werktags wochentags semaine laborables
when morning: morning mornings morgens matin manana
when afternoon: afternoon nachmittag tarde
when evening: evening evenings abend soir soiree noche
when night: night nacht nuit nightly
when christmas: christmas xmas weihnachten weihnacht weihnachtsfeier noel navidad festive advent
when easter: easter ostern paques
when holiday: holiday holidays feiertag feiertagen festivo ferien vacaciones
. monthly: monthly month monat monatlich mensuel mensual mois mes
. yearly: yearly annual year jahrlich jahres annuel anual ano an
. weekly: weekly wochentlich hebdomadaire semanal
. daily: daily taglich quotidien diario
when off-season: nebensaison offpeak
when high-season: hauptsaison peak
which first: first erste ersten erster premier primer primera primero earliest
which last: last letzte letzten letzter dernier ultimo ultima final latest
which next: next nachste nachsten prochain proximo
which oldest: oldest alteste altesten ancien antiguo eldest
which largest: largest biggest highest tallest longest grosste hochste langste grand mayor largo
which average: average durchschnitt durchschnittlich moyenne media promedio typical
which maximum: maximum max maximal hochstens maximo ceiling limit
which minimum: minimum min mindest mindestens minimo floor least
size half: half halb demi medio
size double: double doppel doppelt doppelzimmer twin doble
size small: smallest shortest kleinste small mini little klein petite pequena
size large: large big gross jumbo
size private: private prive privee privado privada
size shared: dorm dormitory shared schlafsaal mehrbettzimmer dortoir compartida bunk
. bed: bed bett betten cama
. room: room zimmer chambre habitacion
. free: free gratis kostenlos kostenfrei umsonst frei gratuit gratuitement nothing zero
. price: price preis preise kostet kosten prix tarif coute precio cuesta cuestan cost
. ticket: ticket karte karten billet boleto fare pass fahrkarte
. class: class lesson session unterricht stunde unterrichtsstunde cours taller workshop kurs kurse atelier course
    curso
. table: table tisch mesa
. boat: boat ferry crossing crossings schiff fahre boote bateau bateaux traversee barco travesia
. train: train zug bahn tren rail
. fleet: fleet flotte flota
. bus: bus coach shuttle transfer autobus
. bike: bike bicycle cycle fahrrad fahrrader rad rader velo bici bicicleta
. car: vehicle auto fahrzeug voiture coche van
. parking: parking parkplatz stellplatz aparcamiento
who dog: dog hund chien perro
who cat: cat katze katzen gato
. pet: pet haustier animal animaux mascota
. breakfast: breakfast fruhstuck desayuno brekkie
. lunch: lunch mittagessen mittagstisch dejeuner almuerzo comida
. dinner: dinner supper abendessen diner cena
. coffee: coffee kaffee cafe espresso brew
. tea: tea tee
. bread: bread loaf loaves brot pain sourdough sauerteig
. cake: cake kuchen torte torten gateau gateaux pastel tarta
. wine: wein vin vino
. beer: beer pint bier cerveza ale
. bottle: bottle flasche flaschen bouteille botella
. box: box kiste kisten karton boite caja crate hamper
. bag: bag tasche taschen beutel sac bolsa luggage baggage gepack bagages equipaje suitcase
. parcel: parcel package paket colis paquete packet
. blanket: blanket duvet decke decken couverture manta
. kitchen: kitchen kuche cuisine cocina
. shop: shop stores laden filiale filialen geschaft magasin boutique tienda branch
. museum: museum musee museo exhibit exhibition ausstellung exposition exposicion
. cinema: cinema film movie movies kino
. pool: pool becken schwimmbad piscine piscina swim schwimmen
. sauna: sauna spa
. wall: wall wand mur pared climb klettern
. lake: lake lac lago
. beach: beach strand plage playa
. road: miles distance entfernt entfernung distancia
. tall: tall high hoch hohe haut hauteur alto altura height
. long: long lang longueur length
. wide: wide breit largeur ancho width
. wool: wool wolle laine lana
. cotton: cotton baumwolle coton algodon
. garment: sweater jumper pullover pulli jersey cardigan garment kleidung
. jacket: jacket jacke jacken veste chaqueta coat
. shoe: shoe schuh chaussure zapato
. degree: degree grad degres grados
. plan: plan abo abonnement subscription suscripcion abonnenten
. account: account konto konten compte cuenta pot
. app: app
. device: device gerat appareil dispositivo screen
. user: user nutzer utilisateur usuario learner follower
. book: audiobook title buch bucher livre libro
. interest: interest aer apr zins zinsen interet interes intereses rate
. deposit: deposit anzahlung kaution acompte caution deposito fianza
. payback: withdraw withdrawal auszahlung retiro
. limit: allowance
. age: ages alter mindestalter edad
. team: people colleagues leute equipe equipo
. farm: farm farmer hof bauernhof granja
. vet: vet tierarzt veterinaire veterinario
. doctor: doctor arzt medecin medico
. checkup: consultation appointment consulta cita
. vaccine: vaccine vaccination jab shot impfung impfungen vacuna
. tooth: tooth teeth dental zahn dent diente
. haircut: haircut trim haarschnitt coupe corte
. massage: massage masaje
. menu: menu speisekarte carte
. course: starter mains pudding dessert
. chips: chips fries pommes frites
. door: doorway gate
. birthday: birthday birthdays geburtstag anniversaire cumpleanos
. wedding: wedding weddings hochzeit hochzeiten mariage boda bride
. teacher: teacher tutor lehrer lehrerin lehrkraft prof professeur profesor instructor trainer
. exam: exam prufung prufungen examen test
. home: home house haus zuhause maison casa flat
. country: germany deutschland allemagne alemania
. france: france frankreich francia
. spain: spain spanien espagne espana
. austria: austria osterreich autriche
. notice: notice vorlauf preavis antelacion advance beforehand voraus vorher anticipation
. support: support service helpdesk kundendienst kundenservice atencion
. profit: profit revenue turnover umsatz proceeds erlos benefices beneficios sales
. part: spare ersatzteil repuesto
. sugar: sugar zucker sucre azucar
. fruit: fruit frucht fruta
. cocoa: cocoa kakao cacao
. alcohol: alcohol abv alkohol alcool
. water: water wasser eau agua
. power: power strom electricite energia solar energy energie
. wheel: wheel
. river: river fluss riviere rio
. garden: garden garten jardin
. city: city town stadt ville ciudad
. oyster: oyster auster austern huitre ostra natives
. question: question frage fragen
. week: fortnight fortnightly
. track: route routen strecke trail itineraire ruta piste pista
. ski: ski skipass esqui
. lift: lift
. camp: camp campsite pitch tent zelt
. game: game spiel jeu jeux juego
. night-out: gig concert konzert concierto show
. candle: candle kerze kerzen bougie bougies vela burn brenndauer
. soap: soap seife seifen savon jabon
. honey: honey honig miel
. egg: egg ei eier oeuf huevo
. milk: milk milch lait leche
. meat: meat fleisch viande carne
. fish: fish fisch poisson pescado
. vegetable: vegetable veg gemuse legume verdura
. flower: flower blume blumen fleur flor bouquet strauss
. print: print druck imprimer
. photo: photo picture foto
. video: video
. song: song track
. mountain: mountain berg montagne montana
"""
_PHRASES = """
return: send it back, send them back, sending it back, bring it back, bring them back, post it back, schick es
    zuruck
refund: money back, your money back, geld zuruck
free: at no cost, for nothing, on us, on the house, no charge, free of charge, won't charge, without charge, don't
    charge, cost nothing, costs nothing
return: round trip, there and back, out and back, hin und zuruck, aller retour, ida y vuelta
single: one way, each way, aller simple, solo ida
cancel: call off
deliver: on your doorstep, to your door, frei haus, en casa, bring it round
adult: grown ups
same-day: same day, mismo dia
express: next day
off-season: low season, off season, off peak, temporada baja
high-season: high season, main season, peak season, temporada alta
second-hand: second hand
weekday: unter der woche, entre semana, monday to friday, montag bis freitag
open: doors at, opens its doors
"""
_PARTS = """
kurs kurse karte karten versand lieferung lieferungen bestellung bestellungen bestellwert kosten preis preise
offnungszeiten geburtstag kinder wand wande zimmer bett betten tisch tische garantie gutschein gutscheine abo
fuhrung fuhrungen eintritt ermassigung rabatt weihnachten weihnacht winter sommer termin termine unterricht
anmeldung miete verleih leih alter gerat gerate reparatur reparaturen wasche brot brote kuchen torte torten kaffee
wein bier gebuhr gebuhren ruckgabe umtausch kundigung antwort abholung familie familien gruppe gruppen schuler
student studenten senior senioren erwachsene mitglied mitglieder laden filiale filialen parkplatz parkplatze schiff
fahrt bahn zug rad rader hund hunde katze katzen wochenende feiertag feiertage probe spende spenden platz platze
flasche flaschen kiste kisten paket pakete buch bucher spiel spiele konto zins zinsen hochzeit abend nacht morgen
fruhstuck bus jacke jacken decke decken
"""
"""Words that German compounds begin or end with."""


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.strip().replace("\n    ", " ").splitlines():
        name, _, words = line.partition(": ")
        yield name, words


def _term(name: str) -> str:
    """What a thing is compared by: in capitals, as no word of a text is."""
    return name.rpartition(" ")[2].replace("-", "").upper()


TERMS = {stem(word): _term(name) for name, words in _entries(_THESAURUS) for word in words.split()}
"""The term of a stem."""
CLASSES = {_term(name): name.partition(" ")[0] for name, _ in _entries(_THESAURUS) if not name.startswith(".")}
"""The class of a term."""
COMPOUND_PARTS = {word: TERMS[stem(word)] for word in _PARTS.split()}
PHRASES = {phrase: _term(name) for name, phrases in _entries(_PHRASES) for phrase in phrases.split(", ")}
"""What is said in two to four words."""
