#!/usr/bin/env python3
"""The held-out corpus: customers who seldom quote a number and call the goods by their own words.

usage: make_held_out.py DIR [SEED]    writes orders.jsonl, cases.jsonl, gold.json, undetermined.json, kinds.json
Nothing in the matcher is chosen by it; it is only measured.
"""
import collections
import datetime
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")
NAMES = {
    "en": ("Harriet Owen Priya Callum Imogen Dexter Nadia Rhys Tamsin Elliot Grace Hamish Zara Fergus".split(),
           "Whitlock Pemberton Sandhu Gallagher Thorne Ashdown Okafor Llewellyn Marsh Cartwright Bramley Stokes Fenwick Doyle".split()),
    "de": ("Annika Jürgen Mareike Thorsten Wiebke Cem Heike Bastian Ulrike Götz Silke Hannes Öznur Falk".split(),
           "Achterberg Brückner Dörfler Eichinger Grünwald Kowalczyk Lütke Möhring Nußbaumer Petersen Reuß Steinhäuser Vöhringer Yildiz".split()),
    "fr": ("Maëlle Gaspard Solène Thibault Anaïs Loïc Célestine Rémi Ophélie Bastien Inès Corentin Margaux Yvon".split(),
           "Lefrançois Chauvet Garnier Poirier Delacroix Besson Marchand Tessier Guillou Rivière Aubert Lacombe Fournel Bertin".split()),
    "es": ("Ximena Álvaro Rocío Íñigo Begoña Nacho Lourdes Gonzalo Pilar Iván Consuelo Hugo Nerea Joaquín".split(),
           "Echevarría Santamaría Quintero Villalobos Peña Ibáñez Carrasco Montoya Zamora Olivares Bermúdez Cano Figueroa Salgado".split()),
}
PLACES = {
    "en": [("Leeds", "LS6 2AB"), ("Bristol", "BS3 4QX"), ("Norwich", "NR2 3DF"), ("Cardiff", "CF11 9LJ"), ("York", "YO10 5GG")],
    "de": [("Freiburg", "79102"), ("Kassel", "34117"), ("Rostock", "18055"), ("Münster", "48143"), ("Passau", "94032")],
    "fr": [("Nantes", "44000"), ("Annecy", "74000"), ("Rennes", "35200"), ("Dijon", "21000"), ("Pau", "64000")],
    "es": [("Gijón", "33201"), ("Murcia", "30001"), ("Logroño", "26005"), ("Cádiz", "11004"), ("Burgos", "09003")],
}
STREETS = {"en": "{n} Mill Lane;{n} Orchard Road;Flat 2, {n} Victoria Terrace", "de": "Lindenstraße {n};Am Anger {n};Schillerstr. {n}",
           "fr": "{n} rue des Lilas;{n} avenue Foch;{n} bis, chemin Vert", "es": "Calle Mayor {n};Avenida del Mar {n};C/ Luna {n}, 2º B"}
COUNTRY = {"en": "GB", "de": "DE", "fr": "FR", "es": "ES"}
PHONES = {"en": "+44 7700 90{:04d}", "de": "+49 151 2345{:04d}", "fr": "+33 6 12 34 {:02d} {:02d}", "es": "+34 612 34 {:02d} {:02d}"}
STATES = ["processing", "shipped", "shipped", "delivered", "delivered", "delivered", "returned", "cancelled"]
TROUBLE = {
    "late": {"en": ["I still haven't had {it} and it's getting silly now.", "any idea when {it} will turn up?", "No sign of {it} so far - could you look into that?"],
             "de": ["{it} ist immer noch nicht da, langsam werde ich ungeduldig.", "wann kommt denn nun {it}?", "Auf {it} warte ich bis heute."],
             "fr": ["je n'ai toujours pas reçu {it}, c'est un peu long.", "Savez-vous quand arrivera {it} ?", "Toujours rien pour {it} dans ma boîte aux lettres."],
             "es": ["todavía no me ha llegado {it} y empiezo a preocuparme.", "¿Sabéis cuándo llega {it}?", "Sigo sin noticias de {it}."]},
    "broken": {"en": ["Unboxed {it} tonight and there's a crack right through it.", "{it} gave up after two days, simply doesn't work.", "sadly {it} came damaged."],
               "de": ["Beim Auspacken habe ich gesehen, dass {it} einen Sprung hat.", "{it} ist nach zwei Tagen schon kaputt.", "leider kam {it} beschädigt bei uns an."],
               "fr": ["En ouvrant le carton j'ai vu que {it} était abîmé.", "{it} ne fonctionne plus au bout de deux jours.", "malheureusement {it} est arrivé cassé."],
               "es": ["Al abrir la caja he visto que {it} venía roto.", "{it} dejó de funcionar a los dos días, no funciona.", "por desgracia {it} ha llegado dañado."]},
    "back": {"en": ["I'd like to send {it} back, not quite what I had in mind.", "how do I return {it}?", "Could I get a refund for {it}? Never used."],
             "de": ["{it} gefällt mir doch nicht, wie geht das mit der Rücksendung?", "ich möchte {it} zurückschicken.", "Bekomme ich für {it} mein Geld zurück? Unbenutzt."],
             "fr": ["je souhaite renvoyer {it}, ce n'est pas ce que j'imaginais.", "Comment faire pour retourner {it} ?", "Puis-je être remboursé pour {it} ? Jamais servi."],
             "es": ["quiero devolver {it}, no es lo que esperaba.", "¿Cómo hago para devolver {it}?", "¿Me podéis reembolsar {it}? Está sin usar."]},
}
THE = {"en": "the {}", "de": "die Bestellung mit {}", "fr": "ma commande ({})", "es": "lo mío ({})"}
HELLO = {"en": ["Hi,", "Hello there", "Dear team,", ""], "de": ["Hallo,", "Guten Tag,", "Moin", ""], "fr": ["Bonjour,", "Bonsoir,", ""], "es": ["Hola,", "Buenas tardes:", ""]}
BYE = {"en": ["Cheers", "Many thanks,", "Best wishes"], "de": ["VG", "Liebe Grüße", "Mit freundlichen Grüßen"], "fr": ["Cordialement,", "Merci d'avance", "Bien à vous"], "es": ["Un saludo,", "Gracias", "Saludos cordiales"]}
CHATTER = {"en": ["We've just moved and everything is a mess here.", "My sister recommended your shop, by the way.", "Sorry to bother you on a Sunday."],
           "de": ["Sonst bin ich mit Ihnen immer zufrieden.", "Entschuldigen Sie die Störung am Wochenende.", "Meine Schwester hat mir Ihren Laden empfohlen."],
           "fr": ["D'habitude tout se passe bien avec vous.", "Désolée de vous déranger un dimanche.", "Une amie m'a conseillé votre site."],
           "es": ["Normalmente todo va muy bien con vosotros.", "Perdonad que escriba en domingo.", "Os recomendó una amiga."]}
ABOUT_MYSELF = {"en": ["My name is {name}, postcode {pc}.", "{name}, {pc} {city}", "You'll find me under {name} / {pc}"],
                "de": ["Mein Name ist {name}, PLZ {pc}.", "{name}, {pc} {city}", "Lieferadresse war {name} in {pc} {city}"],
                "fr": ["Je m'appelle {name}, code postal {pc}.", "{name}, {pc} {city}", "La livraison était au nom de {name} à {city} ({pc})"],
                "es": ["Me llamo {name}, código postal {pc}.", "{name}, {pc} {city}", "El envío iba a nombre de {name}, {pc} {city}"]}
WHEN = {"en": ["I ordered on {d} {m}", "bought it {ago} days ago", "ordered last {w}"], "de": ["Bestellt habe ich am {d}. {m}", "bestellt vor {ago} Tagen", "letzten {w} bestellt"],
        "fr": ["commandé le {d} {m}", "acheté il y a {ago} jours", "commandé {w} dernier"], "es": ["lo pedí el {d} de {m}", "comprado hace {ago} días", "lo compré el {w} pasado"]}
MONTHS = {"en": "January February March April May June July August September October November December".split(),
          "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
          "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()}
WEEKDAYS = {"en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
            "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(), "es": "lunes martes miércoles jueves viernes sábado domingo".split()}
NOTHING = {"en": ["Do you ship to Iceland?", "Are you hiring at the moment?", "When will the autumn catalogue be out?", "Could you take me off the newsletter please", "Are you open on Boxing Day?"],
           "de": ["Liefern Sie nach Island?", "Haben Sie am Samstag geöffnet?", "Wann erscheint der neue Katalog?", "Bitte melden Sie mich vom Newsletter ab."],
           "fr": ["Livrez-vous en Suisse ?", "Quels sont vos horaires d'ouverture ?", "Merci de me désinscrire de la newsletter."],
           "es": ["¿Hacéis envíos a Canarias?", "¿Cuál es vuestro horario?", "Quiero darme de baja del boletín."]}


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.now = datetime.datetime(2026, 10, 1, 12, 0)
        self.goods = [line.split("|") for line in (HERE / "goods_held_out.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        self.customers, self.orders, self.cases = [], [], []
        self.by_customer = collections.defaultdict(list)
        self.gold, self.kinds, self.undetermined = {}, {}, []

    def pick(self, things):
        return self.random.choice(things)

    def customer(self, language, surname=None, place=None):
        given, surnames = NAMES[language]
        first, last = self.pick(given), surname or self.pick(surnames)
        city, postcode, street = place or (*self.pick(PLACES[language]), self.pick(STREETS[language].split(";")).format(n=self.random.randint(1, 99)))
        number = len(self.customers)
        plain = (first + "." + last).lower().translate(str.maketrans("äöüßéèëïíóáúñçâêîôûœà", "aouseeeiioaunncaeiouoa"[:21]))
        email = self.pick([f"{plain}{number}@mailhaven.example", f"{last[:4].lower()}{number}@postbox.example", f"kiwi{number * 7}@webmail.example"]).encode("ascii", "ignore").decode()
        phone = PHONES[language].format(self.random.randint(10, 99), self.random.randint(10, 99)) if language in "fr es" else PHONES[language].format(number + 1000)
        self.customers.append({"language": language, "name": f"{first} {last}", "email": email, "phone": phone, "number": f"K{70000 + number}",
                               "address": {"line1": street, "line2": "", "city": city, "state": "", "postcode": postcode, "country": COUNTRY[language]}, "place": (city, postcode, street), "surname": last})

    def order(self, customer):
        placed = self.now - datetime.timedelta(days=self.random.expovariate(1 / 60) + 1, seconds=self.random.randint(0, 80000))
        lines = []
        for product in self.random.sample(self.goods, self.pick([1, 1, 1, 2, 2, 3])):
            options = dict([self.pick(product[2].split(",")).split("=")]) if product[2] else {}
            lines.append({"sku": product[0][:3].upper() + str(self.goods.index(product) + 100), "name": product[0], "quantity": self.pick([1, 1, 1, 2]), "unit_price": product[1], "options": options, "_p": product})
        number = f"{len(self.orders) * 37 + 4100233}"
        order = {"order_number": number, "status": self.pick(STATES), "currency": "GBP" if customer["language"] == "en" else "EUR", "placed_at": placed.strftime("%Y-%m-%dT%H:%M:%SZ"),
                 "customer": {"external_id": customer["number"], "name": customer["name"], "email": customer["email"], "phone": customer["phone"]},
                 "shipping_address": customer["address"], "lines": lines, "tracking_numbers": [f"JD{self.random.randint(10**11, 10**12 - 1)}"], "_at": placed}
        self.orders.append(order)
        self.by_customer[customer["number"]].append(order)

    def world(self):
        for i in range(800):
            language = LANGUAGES[i % 4]
            if i % 9 == 8:
                other = self.customers[-4]
                self.customer(language, other["surname"], other["place"])
            else:
                self.customer(language)
        for i in range(2000):
            self.order(self.customers[i % 800] if i < 800 else self.pick(self.customers[::3]))

    def told(self, language, product):
        return self.pick(product[3 + LANGUAGES.index(language)].split(";"))

    def sentence(self, language, product, line):
        words = self.told(language, product)
        if line["options"] and self.random.random() < 0.25 and language == "en" and "colour" in line["options"]:
            words = line["options"]["colour"] + " " + words
        it = {"en": f"the {words}", "de": words, "fr": f"« {words} »" if self.random.random() < 0.2 else words, "es": words}[language]
        text = self.pick(self.pick(list(TROUBLE.values()))[language]).format(it=it)
        return text[0].upper() + text[1:]

    def unique(self, customer, order, product):
        """Whether this product tells the order among all of the customer's."""
        namesakes = [c for c in self.customers if c["name"] == customer["name"] and c["address"]["postcode"] == customer["address"]["postcode"]]
        same = [o for c in namesakes for o in self.by_customer[c["number"]] if any(l["_p"] is product or set(l["_p"][0].split()) & set(product[0].split()) for l in o["lines"])]
        return same == [order]

    def when(self, language, order, received):
        days = (received.date() - order["_at"].date()).days
        texts = WHEN[language]
        kind = 2 if days <= 6 else 1 if days <= 20 else 0
        return texts[kind].format(d=order["_at"].day, m=MONTHS[language][order["_at"].month - 1], ago=days, w=WEEKDAYS[language][order["_at"].weekday()])

    def add(self, kind, received, subject, body, requester, gold, determined):
        case = f"H{len(self.cases) + 1:04d}"
        self.cases.append({"case_id": case, "received_at": received.strftime("%Y-%m-%dT%H:%M:%SZ"), "channel": self.pick(["email", "chat", "form"]), "subject": subject, "body": body, "requester": requester})
        self.gold[case], self.kinds[case] = gold, kind
        if gold and not determined:
            self.undetermined.append(case)

    def told_case(self, how):
        customer = self.pick(self.customers)
        language = customer["language"]
        order = self.pick(self.by_customer[customer["number"]])
        line = self.pick(order["lines"])
        received = order["_at"] + datetime.timedelta(days=self.random.randint(2, 25))
        known = [o for o in self.by_customer[customer["number"]] if o["_at"] <= received]
        parts = [self.pick(HELLO[language])] if self.random.random() < 0.8 else []
        if self.random.random() < 0.3:
            parts.append(self.pick(CHATTER[language]))
        parts.append(self.sentence(language, line["_p"], line))
        determined = self.unique(customer, order, line["_p"])
        if len(known) > 1 and self.random.random() < 0.35:
            parts[-1] += " " + self.when(language, order, received) + "."
        requester = {"name": customer["name"], "email": customer["email"]}
        me = self.pick(ABOUT_MYSELF[language]).format(name=customer["name"], pc=customer["address"]["postcode"], city=customer["address"]["city"])
        if how == "place":
            requester = {"email": f"guest{self.random.randint(1, 9999)}@other.example"}
            parts.append(me)
        elif how == "form":
            requester = {"name": customer["name"], "postcode": customer["address"]["postcode"]}
        elif how == "lower":
            requester = {"name": customer["name"].lower(), "postcode": customer["address"]["postcode"].replace(" ", "").lower()}
        elif how == "phone":
            requester = {"phone": customer["phone"].replace(" ", "").replace("+", "00")}
        elif how == "written email":
            requester = {}
            parts.append(customer["email"])
        elif how == "forwarded":
            requester = {"name": "Jo Reception", "email": "reception@partner.example"}
            head = {"en": "---------- Forwarded message ---------\nFrom: {} <{}>\nDate: x\nSubject: hm\nTo: shop", "de": "-------- Weitergeleitete Nachricht --------\nVon: {} <{}>\nDatum: x\nBetreff: Frage\nAn: shop",
                    "fr": "---------- Message transféré ---------\nDe : {} <{}>\nDate : x\nObjet : question\nÀ : boutique", "es": "---------- Mensaje reenviado ---------\nDe: {} <{}>\nFecha: x\nAsunto: duda\nPara: tienda"}[language]
            parts.insert(0, head.format(customer["name"], customer["email"]) + "\n")
            parts.insert(0, {"en": "One for you.", "de": "Für euch.", "fr": "Pour vous.", "es": "Para vosotros."}[language] + "\n")
        if how != "forwarded" and self.random.random() < 0.7:
            parts += ["", self.pick(BYE[language]), customer["name"] if self.random.random() < 0.6 else customer["name"].split()[0]]
        subject = {"en": "Question", "de": "Frage", "fr": "Question", "es": "Consulta"}[language] if self.random.random() < 0.5 else self.told(language, line["_p"])
        if how == "email" and self.random.random() < 0.2:
            older = self.pick(known)
            parts += ["", {"en": "On 3 May 2026, Shop <help@shop.example> wrote:", "de": "Am 03.05.2026 schrieb Shop <help@shop.example>:", "fr": "Le 3 mai 2026, Shop <help@shop.example> a écrit :", "es": "El 3 may 2026, Shop <help@shop.example> escribió:"}[language],
                      "> order " + older["order_number"], "> " + older["lines"][0]["name"]]
        self.add(how, received, subject, "\n".join(parts), requester, [order["order_number"]], determined)

    def number_case(self):
        customer = self.pick(self.customers)
        order = self.pick(self.by_customer[customer["number"]])
        number = order["order_number"]
        number = self.pick([number, number[:4] + " " + number[4:], number.replace("0", "O"), "#" + number])
        language = customer["language"]
        body = self.pick({"en": ["Order {} - what's going on?", "re {}: please cancel"], "de": ["Bestellung {}: was ist los?", "Bitte {} stornieren"],
                          "fr": ["Commande {} : des nouvelles ?", "annuler {} svp"], "es": ["Pedido {}: ¿novedades?", "cancelar {} por favor"]}[language]).format(number)
        self.add("number", order["_at"] + datetime.timedelta(days=2), "", body, {"email": customer["email"]}, [order["order_number"]], True)

    def foreign_case(self):
        one, other = self.random.sample(self.customers, 2)
        order = self.pick(self.by_customer[other["number"]])
        if one["surname"] == other["surname"]:
            return
        body = {"en": "My mate's order {} never showed up, can you tell me where it is?", "de": "Die Bestellung {} einer Kollegin ist nicht angekommen, wo ist sie?", "fr": "La commande {} d'un collègue n'est pas arrivée.", "es": "El pedido {} de un amigo no ha llegado."}[one["language"]].format(order["order_number"])
        self.add("foreign", order["_at"] + datetime.timedelta(days=9), "", body, {"name": one["name"], "email": one["email"]}, [order["order_number"]], False)

    def nothing_case(self):
        customer = self.pick(self.customers)
        who = {"name": customer["name"], "email": customer["email"]} if self.random.random() < 0.5 else {"email": f"new{self.random.randint(1, 999)}@nowhere.example"}
        self.add("nothing", self.now, "", self.pick(NOTHING[customer["language"]]), who, [], False)

    def vague_case(self):
        customer = self.pick([c for c in self.customers if len(self.by_customer[c["number"]]) > 2])
        body = {"en": "Where is my parcel??", "de": "wo bleibt mein Paket", "fr": "Où est mon colis ?", "es": "¿Dónde está mi paquete?"}[customer["language"]]
        order = max(self.by_customer[customer["number"]], key=lambda each: each["_at"])
        self.add("vague", order["_at"] + datetime.timedelta(days=4), "", body, {"email": customer["email"]}, [order["order_number"]], False)

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for order in self.orders:
            del order["_at"]
            for line in order["lines"]:
                del line["_p"]
        for name, rows in (("orders", self.orders), ("cases", self.cases)):
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        for name, value in (("gold", self.gold), ("undetermined", self.undetermined), ("kinds", self.kinds)):
            (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def main():
    maker = Maker(int(sys.argv[2]) if len(sys.argv) > 2 else 20261)
    maker.world()
    for how, count in (("email", 130), ("place", 130), ("form", 110), ("lower", 50), ("phone", 50), ("written email", 40), ("forwarded", 40)):
        for _ in range(count):
            maker.told_case(how)
    for make, count in ((maker.number_case, 50), (maker.foreign_case, 30), (maker.nothing_case, 40), (maker.vague_case, 30)):
        for _ in range(count):
            make()
    maker.write(pathlib.Path(sys.argv[1]))


if __name__ == "__main__":
    main()
