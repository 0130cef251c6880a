#!/usr/bin/env python3
"""The corpus that the matcher is developed on: numbers in every spelling, families, repeat buyers, history, other people's numbers.

usage: make_corpus.py DIR [SEED]    writes orders.jsonl, cases.jsonl, gold.json, undetermined.json, kinds.json
"""
import datetime
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
KINDS = {"en": "Shirt Jacket Lamp Chair Backpack Mug Kettle Blanket Headphones Tent Helmet Wallet Boots Pillow Mirror Vase Keyboard Charger Umbrella Watch".split(),
         "de": "Hemd Jacke Lampe Stuhl Rucksack Tasse Wasserkocher Decke Kopfhörer Zelt Helm Geldbörse Stiefel Kissen Spiegel Vase Tastatur Ladegerät Regenschirm Armbanduhr".split(),
         "fr": "chemise veste lampe chaise sac tasse bouilloire couverture casque tente casque portefeuille bottes oreiller miroir vase clavier chargeur parapluie montre".split(),
         "es": "camisa chaqueta lámpara silla mochila taza hervidor manta auriculares tienda casco cartera botas almohada espejo jarrón teclado cargador paraguas reloj".split()}
MAKES = "Alba Borea Cala Dune Ember Fiord Glade Heron Isla Juno".split()
COLOURS = {"en": "red blue green black white grey".split(), "de": "rot blau grün schwarz weiß grau".split(), "fr": "rouge bleu vert noir blanc gris".split(), "es": "rojo azul verde negro blanco gris".split()}
GIVEN = "Anna Peter Laura Thomas Julia Michael Sofia Daniel Marie Lukas Emma Paul Clara David Elena Simon".split()
SURNAMES = "Schmidt Weber Martin Garcia Müller Smith Lopez Bernard Fischer Jones Petit Torres Wagner Brown Moreau Ruiz Becker Taylor Dubois Sanchez".split()
STREETS = ["Hauptstraße", "Bahnhofstr.", "High Street", "rue de la Gare", "Calle Real", "Gartenweg", "Church Road", "place du Marché"]
CITIES = [("Berlin", "10115", "DE"), ("Köln", "50667", "DE"), ("Lyon", "69003", "FR"), ("Lille", "59800", "FR"), ("Madrid", "28013", "ES"), ("Sevilla", "41001", "ES"),
          ("London", "SW1A 1AA", "GB"), ("Leicester", "LE1 5WW", "GB"), ("Wien", "1010", "AT"), ("Zürich", "8001", "CH")]
HISTORY = {"en": "On Tue, 3 Mar 2026 at 10:02, Shop <service@shop.example> wrote:\n> Your order {n} has shipped: {g}\n> Thank you", "de": "Am Di., 3. März 2026 um 10:02 Uhr schrieb Shop <service@shop.example>:\n> Ihre Bestellung {n} wurde versandt: {g}",
           "fr": "Le mar. 3 mars 2026 à 10:02, Shop <service@shop.example> a écrit :\n> Votre commande {n} est partie : {g}", "es": "El mar, 3 mar 2026 a las 10:02, Shop (<service@shop.example>) escribió:\n> Tu pedido {n} ha salido: {g}"}
OUTLOOK = {"en": "-----Original Message-----\nFrom: Shop\nSent: Tuesday\nTo: {w}\nSubject: Order {n}\n\nYour order {n}: {g}", "de": "Von: Shop <service@shop.example>\nGesendet: Dienstag\nAn: {w}\nBetreff: Bestellung {n}\n\nIhre Bestellung {n}: {g}",
           "fr": "De : Shop <service@shop.example>\nEnvoyé : mardi\nÀ : {w}\nObjet : commande {n}\n\nVotre commande {n} : {g}", "es": "De: Shop <service@shop.example>\nEnviado: martes\nPara: {w}\nAsunto: pedido {n}\n\nSu pedido {n}: {g}"}
BYE = {"en": "Kind regards", "de": "Mit freundlichen Grüßen", "fr": "Cordialement", "es": "Un saludo"}
NUMBERED = {"en": "my order number is {}. Where is my parcel?", "de": "meine Bestellnummer lautet {}. Wo ist mein Paket?", "fr": "mon numéro de commande est {}. Où est mon colis ?", "es": "mi número de pedido es {}. ¿Dónde está mi paquete?"}
BROKEN = {"en": "the {} arrived broken.", "de": "{} kam kaputt an.", "fr": "{} est arrivé cassé.", "es": "{} ha llegado roto."}
PAID = {"en": "I paid {} and have not received anything.", "de": "Ich habe {} bezahlt und nichts erhalten.", "fr": "J'ai payé {} et je n'ai rien reçu.", "es": "He pagado {} y no he recibido nada."}
LAST = {"en": "Please cancel my last order.", "de": "Bitte stornieren Sie meine letzte Bestellung.", "fr": "Merci d'annuler ma dernière commande.", "es": "Por favor, cancelen mi último pedido."}
DATED = {"en": "I ordered on {:%d/%m/%Y} and nothing has come.", "de": "Ich habe am {:%d.%m.%Y} bestellt und nichts bekommen.", "fr": "J'ai commandé le {:%d/%m/%Y} et je n'ai rien reçu.", "es": "Lo pedí el {:%d/%m/%Y} y no he recibido nada."}
BOTH = {"en": "both orders, {} and {}, are late.", "de": "beide Bestellungen, {} und {}, sind verspätet.", "fr": "les deux commandes {} et {} sont en retard.", "es": "los dos pedidos {} y {} llegan con retraso."}
FRIEND = {"en": "please tell me about my neighbour's order {}.", "de": "bitte sagen Sie mir, wo die Bestellung {} meiner Nachbarin ist.", "fr": "où en est la commande {} de ma voisine ?", "es": "¿dónde está el pedido {} de mi vecina?"}
NOTHING = {"en": ["Do you have gift vouchers?", "Hello?", "Do you sell bicycles?"], "de": ["Haben Sie auch Gutscheine?", "Hallo?", "Liefern Sie nach Dänemark?"], "fr": ["Avez-vous des chèques cadeaux ?", "Bonjour ?"], "es": ["¿Tienen tarjetas regalo?", "¿Hola?"]}
TRACK = {"en": "tracking says nothing for {}", "de": "zu {} zeigt die Sendungsverfolgung nichts", "fr": "le suivi {} ne donne rien", "es": "el seguimiento {} no dice nada"}


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.customers, self.orders, self.cases = [], [], []
        self.gold, self.kinds, self.undetermined = {}, {}, []
        self.pick = self.random.choice

    def world(self):
        for i in range(800):
            given, surname = self.pick(GIVEN), self.pick(SURNAMES)
            city, street = self.pick(CITIES), f"{self.pick(STREETS)} {self.random.randint(1, 80)}"
            if i % 8 == 7:  # a family
                other = self.customers[-1]
                surname, city, street = other["surname"], other["city"], other["street"]
                given = self.pick([each for each in GIVEN if each != other["name"].split()[0]])
            language = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es", "GB": "en"}[city[2]]
            plain = f"{given}.{surname}".lower().replace("ü", "ue")
            mailbox = self.pick([f"{plain}{i}@gmail.com", f"{plain}{i}@mail.example", f"user{i}@web.example"])
            self.customers.append({"name": f"{given} {surname}", "surname": surname, "city": city, "street": street, "language": language, "email": mailbox,
                                   "phone": f"+4930{1000000 + i * 37}", "number": f"C-{20000 + i}", "orders": []})
        for i in range(2000):
            self.order(self.customers[i] if i < 800 else self.pick(self.customers[::2]))

    def order(self, customer):
        i = len(self.orders)
        language = customer["language"]
        channel = i % 3
        number = (f"SO-{104000 + i * 7}", f"{20260000 + i * 13}", f"DE{i % 90 + 10}-{(i * 17) % 100000:05d}")[channel]
        placed = datetime.datetime(2025, 11, 1) + datetime.timedelta(hours=self.random.randint(0, 24 * 330))
        lines = []
        for _ in range(self.pick([1, 1, 2, 3])):
            kind = self.random.randrange(20)
            colour = self.random.randrange(6)
            lines.append({"sku": f"{KINDS['en'][kind][:3].upper()}-{colour}{self.random.randint(0, 9)}", "name": f"{self.pick(MAKES)} {KINDS[language][kind]}", "quantity": self.pick([1, 1, 2]),
                          "unit_price": f"{self.random.randint(500, 30000) / 100:.2f}", "options": {"colour": COLOURS[language][colour]}, "_kind": kind, "_colour": colour})
        order = {"order_number": number, "status": self.pick(["paid", "shipped", "delivered", "delivered", "cancelled"]), "currency": "EUR", "placed_at": placed.strftime("%Y-%m-%dT%H:%M:%SZ"),
                 "customer": {"external_id": customer["number"], "name": customer["name"], "email": customer["email"], "phone": customer["phone"]},
                 "shipping_address": {"line1": customer["street"], "line2": None, "city": customer["city"][0], "state": None, "postcode": customer["city"][1], "country": customer["city"][2]},
                 "lines": lines, "tracking_numbers": [f"00340{self.random.randint(10**14, 10**15 - 1)}"], "_at": placed, "_of": customer}
        self.orders.append(order)
        customer["orders"].append(order)

    def add(self, kind, order, body, requester, gold, determined=True, subject=""):
        case = f"C{len(self.cases) + 1:04d}"
        at = order["_at"] + datetime.timedelta(days=self.random.randint(1, 30)) if order else datetime.datetime(2026, 10, 1)
        self.cases.append({"case_id": case, "received_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "channel": "email", "subject": subject, "body": body, "requester": requester})
        self.gold[case], self.kinds[case] = [each["order_number"] for each in gold], kind
        if gold and not determined:
            self.undetermined.append(case)
        return at

    def spelled(self, number):
        how = self.random.randrange(6)
        if how == 1:
            return number.replace("0", "O", 1)
        if how == 2:
            return number.replace("-", " ")
        if how == 3:
            return number.lower()
        if how == 4:
            return number.replace("1", "l", 1)
        if how == 5:
            return number[:-3] + " " + number[-3:]
        return number

    def goods(self, order, language):
        line = self.pick(order["lines"])
        colour, kind = COLOURS[language][line["_colour"]], KINDS[language][line["_kind"]]
        text = f"{kind} {colour}" if language in ("fr", "es") else f"{colour} {kind}"
        if self.random.random() < 0.15 and len(kind) > 6:  # a slip
            at = self.random.randint(2, len(kind) - 2)
            text = text.replace(kind, kind[:at] + kind[at + 1:])
        return line, text.lower() if self.random.random() < 0.5 else text

    def only(self, order, line, people):
        """No other order of these people has the same kind of goods in the same colour."""
        others = [o for c in people for o in c["orders"] if o is not order]
        return not any(each["_kind"] == line["_kind"] for o in others for each in o["lines"])

    def one(self, kind):
        customer = self.pick(self.customers)
        order = self.pick(customer["orders"])
        language = customer["language"]
        me = {"name": customer["name"], "email": customer["email"]}
        number = order["order_number"]
        signed = f"\n\n{BYE[language]}\n{customer['name']}"
        line, goods = self.goods(order, language)
        if kind == "number":
            return self.add(kind, order, NUMBERED[language].format(self.spelled(number)) + signed, me, [order])
        if kind == "number only":
            return self.add(kind, order, NUMBERED[language].format(number), {}, [order])
        if kind == "tracking":
            return self.add(kind, order, TRACK[language].format(order["tracking_numbers"][0]) + signed, {"name": customer["name"]}, [order])
        if kind == "goods":
            alias = customer["email"].replace("@gmail.com", "+shop@googlemail.com")
            return self.add(kind, order, BROKEN[language].format(goods) + signed, {"email": alias}, [order], self.only(order, line, [customer]))
        if kind == "goods in history":
            old = self.pick(customer["orders"])
            history = self.pick([HISTORY, OUTLOOK])[language].format(n=old["order_number"], g=old["lines"][0]["name"], w=customer["name"])
            return self.add(kind, order, BROKEN[language].format(goods) + signed + "\n\n" + history, me, [order], self.only(order, line, [customer]))
        if kind == "place":
            namesakes = [c for c in self.customers if c["name"] == customer["name"] and c["city"] == customer["city"]]
            body = BROKEN[language].format(goods) + f"\n\n{BYE[language]}\n{customer['name']}\n{customer['street']}\n{customer['city'][1]} {customer['city'][0]}"
            return self.add(kind, order, body, {"email": f"x{self.random.randint(1, 999)}@elsewhere.example"}, [order], self.only(order, line, namesakes))
        if kind == "phone":
            written = customer["phone"].replace("+4930", "030 / ")
            return self.add(kind, order, BROKEN[language].format(goods) + f"\nTel. {written}", {"name": customer["name"].split()[0]}, [order], self.only(order, line, [customer]))
        if kind == "amount":
            total = sum(int(each["unit_price"].replace(".", "")) * each["quantity"] for each in order["lines"])
            text = f"{total // 100},{total % 100:02d} €" if language != "en" else f"€{total / 100:.2f}"
            return self.add(kind, order, PAID[language].format(text) + signed, me, [order])
        if kind == "date":
            twins = [o for o in customer["orders"] if abs((o["_at"] - order["_at"]).days) < 4]
            return self.add(kind, order, DATED[language].format(order["_at"]) + signed, me, [order], len(twins) == 1 and order["_at"].day > 12)
        if kind == "last":
            newest = max(customer["orders"], key=lambda each: each["_at"])
            return self.add(kind, newest, LAST[language] + signed, me, [newest], newest["status"] not in ("delivered", "cancelled"))
        if kind == "both":
            if len(customer["orders"]) < 2:
                return self.one(kind)
            two = self.random.sample(customer["orders"], 2)
            later = max(two, key=lambda each: each["_at"])
            return self.add(kind, later, BOTH[language].format(*[each["order_number"] for each in two]) + signed, me, two)
        if kind == "forwarded":
            body = f"fyi\n\nBegin forwarded message:\n\nFrom: {customer['name']} <{customer['email']}>\nSubject: help\nDate: today\nTo: store\n\n" + BROKEN[language].format(goods)
            return self.add(kind, order, body, {"name": "Filiale Mitte", "email": "mitte@stores.example"}, [order], self.only(order, line, [customer]), "Fwd: help")
        if kind == "foreign":
            other = self.pick([c for c in self.customers if c["surname"] != customer["surname"] and c["name"].split()[0] != customer["name"].split()[0]])
            return self.add(kind, order, FRIEND[other["language"]].format(number), {"name": other["name"], "email": other["email"]}, [order], False)
        if kind == "recipient":
            body = {"en": f"I got a {goods} as a present at {customer['street']}, {customer['city'][1]}. It is broken."}.get(language, BROKEN[language].format(goods) + f" ({customer['street']}, {customer['city'][1]})")
            return self.add(kind, order, body, {"name": "Robin Gast", "email": "robin@gast.example"}, [order], False)
        if kind == "typo number":
            at = self.random.randint(len(number) - 4, len(number) - 2)
            wrong = number[:at] + number[at + 1] + number[at] + number[at + 2:]
            taken = any(each["order_number"] == wrong for each in self.orders)
            return self.add(kind, order, NUMBERED[language].format(wrong) + signed, me, [order], not taken and len(customer["orders"]) == 1)
        return self.add(kind, None, self.pick(NOTHING[language]), self.pick([me, {}, {"email": "somebody@new.example"}]), [], False)

    def by_hand(self):
        """Conversations written by hand, with orders and customers of their own."""
        data = json.loads((HERE / "by_hand.json").read_text(encoding="utf-8"))
        self.orders += data["orders"]
        for case in data["cases"]:
            gold, determined = case.pop("gold"), case.pop("determined", True)
            self.cases.append(case)
            self.gold[case["case_id"]], self.kinds[case["case_id"]] = gold, "by hand"
            if gold and not determined:
                self.undetermined.append(case["case_id"])

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for order in self.orders:
            order.pop("_at", None), order.pop("_of", None)
            for line in order["lines"]:
                line.pop("_kind", None), line.pop("_colour", None)
        for name, rows in (("orders", self.orders), ("cases", self.cases)):
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        for name, value in (("gold", self.gold), ("undetermined", self.undetermined), ("kinds", self.kinds)):
            (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def main():
    maker = Maker(int(sys.argv[2]) if len(sys.argv) > 2 else 4711)
    maker.world()
    for kind, count in (("number", 110), ("number only", 20), ("tracking", 30), ("goods", 110), ("goods in history", 60), ("place", 90), ("phone", 40), ("amount", 40), ("date", 40),
                        ("last", 20), ("both", 20), ("forwarded", 40), ("foreign", 40), ("recipient", 20), ("typo number", 30), ("nothing", 50)):
        for _ in range(count):
            maker.one(kind)
    maker.by_hand()
    maker.write(pathlib.Path(sys.argv[1]))


if __name__ == "__main__":
    main()
