/** Aufträge, Kunden, Fälle und der Wareneingang. */
import type { orders as english } from '../english/orders';

export const orders: typeof english = {
  orders: {
    title: 'Aufträge', number: 'Auftrag', customer: 'Kunde', placed: 'Bestellt', store: 'Shop', state: 'Zustand', value: 'Wert jetzt',
    toClear: 'Zu klären', anyState: 'Jeder Zustand', onlyExceptions: 'Nur solche, die jemanden brauchen', filter: 'Zustand',
    none: 'Kein Auftrag passt. Filter oben ändern.', shown: (n) => `${n} gezeigt`, more: 'Alle Aufträge sind gezeigt', loading: 'Lädt weitere',
  },
  order: {
    title: 'Auftrag', valueNow: 'Wert jetzt', more: 'Mehr', suspended: 'Dieser Auftrag ist angehalten: Eine offene Ausnahme sperrt jede andere Aktion.',
    unmanaged: 'Der Hub zeigt diesen Auftrag nur an. Er darf ihn nicht ändern.', items: (n) => (n === 1 ? '1 Position' : `${n} Positionen`),
    itemsOf: 'Positionen', item: 'Position', state: 'Zustand', price: 'Einzelpreis', lineTotal: 'Summe', taxIncluded: 'Preise enthalten Steuer',
    taxOnTop: 'Preise ohne, Summen mit Steuer', taxOf: (rate) => `Steuer ${rate}`, taxWithin: 'davon Steuer', partOf: (line) => `Teil von ${line}`,
    asPlaced: 'Auftrag wie bestellt', changes: 'Änderungen und Gutschriften', noChanges: 'Seit der Bestellung hat sich nichts geändert.', when: 'Wann',
    what: 'Was', inBooks: 'In den Büchern', amount: 'Betrag', noMemo: 'Keine Gutschrift', fulfilments: 'Sendungen', noFulfilments: 'Es wurde noch nichts versandt.',
    parcel: 'Paket', noTracking: 'Noch keine Sendungsnummer', resent: 'Erneut versandt', exceptions: 'Ausnahmen', raised: 'Seit', resolution: 'Lösung',
    cases: 'Fälle', noCases: 'Mit diesem Auftrag ist kein Fall verknüpft.', timeline: 'Verlauf', showAll: 'Alles zeigen', less: 'Weniger zeigen', number: 'Nummer', next: 'Weiter',
  },
  lineKinds: { product: 'Position', delivery: 'Versand', fee: 'Gebühr' },
  quantities: {
    ordered: ['Bestellt', 'Bestellt'], allocated: ['Res.', 'Reserviert'], fulfilled: ['Vers.', 'Versandt'], return_initiated: ['Erw.', 'Zurück erwartet'],
    returned: ['Zur.', 'Zurück'], cancelled: ['Storn.', 'Storniert'], reshipped: ['Erneut', 'Erneut versandt'],
  },
  parts: {
    items: 'Positionen', discounts: 'Rabatte', delivery: 'Versand', fees: 'Gebühren', other: 'Sonstiges', cancel: 'Storniert', return: 'Zurückgegeben',
    discount: 'Nachträglicher Rabatt', fee: 'Nachträgliche Gebühr', add: 'Hinzugefügt', adjust: 'Angepasst', refund: 'Gesondert erstattet', chargeback: 'Rückbelastet',
  },
  changes: {
    cancel: 'Storniert', return: 'Zurückgegeben', discount: 'Rabattiert', fee: 'Gebühr', add: 'Hinzugefügt', adjust: 'Angepasst', refund: 'Erstattung', chargeback: 'Rückbelastung',
  },
  payments: {
    title: 'Zahlungen', kept: 'Behalten', unknown: 'Erstattung unbestätigt', underWay: 'Erstattung läuft', refunded: 'Erstattet', captured: 'Eingezogen',
    toCapture: 'Noch einzuziehen', excess: 'Zu viel eingezogen', due: 'Noch zu zahlen', kinds: { capture: 'Einzug', reverse: 'Freigabe', refund: 'Erstattung' },
  },
  customer: {
    title: 'Kunde', all: 'Alle Aufträge und Fälle', shipTo: 'Lieferung an', billTo: 'Rechnung an', bothAddresses: 'Lieferung und Rechnung an',
    orders: 'Aufträge', cases: 'Fälle', identities: 'Bekannt durch', history: 'Wie er zusammenkam', accounts: 'Kauft für', buyers: 'Einkäufer',
    suggestions: 'Vielleicht dieselbe Person', join: 'Dieselbe Person', split: 'Nicht diese Person', joinReason: 'Warum es dieselbe Person ist', splitReason: 'Warum es jemand anderes ist',
    kind: { person: 'Person', account: 'Geschäftskunde' }, email: 'E-Mail', idAt: (system) => `Nummer bei ${system}`,
    what: { identity_added: 'Hinzugefügt', joined: 'Zusammengeführt', split: 'Getrennt' }, noOrders: 'Keine Aufträge.', noCases: 'Keine Fälle.', newest: 'Neueste zuerst',
  },
  returns: { title: 'Rückgaben', receive: 'Eingang buchen', accepted: 'Angenommen', rejected: 'Abgelehnt' },
  problem: {
    title: 'Was jemanden braucht',
    memoRefused: (number, system, amount) => `Gutschrift ${number} über ${amount} von ${system} abgelehnt.`,
    customerNotAffected: 'Für den Kunden ändert sich nichts.',
    stepParked: (what, system) => `${what}: von ${system} nicht angenommen.`,
    refundFailed: (amount, system) => `Die Erstattung über ${amount} ist bei ${system} fehlgeschlagen.`,
    noMoneyYet: 'Der Kunde hat noch kein Geld. Anderen Weg wählen.',
    otherWay: 'Anderen Weg wählen', openMessage: 'Nachricht öffnen', resolve: 'Lösen',
    refundUnknown: (amount, system) => `Erstattung über ${amount}: von ${system} noch nicht bestätigt.`,
    refundUnknownNext: 'Sie kann ausgeführt sein. Der Hub fragt von selbst nach. Nicht auf anderem Weg erstatten.',
  },
  exceptions: {
    step_parked: 'Eine Wirkung wurde nicht ausgeführt', amount_disagrees: 'Beträge von Shop und Hub weichen ab', units_disagree: 'Mengen von Shop und Hub weichen ab',
    change_not_visible: 'Eine Änderung ist im Shop nicht zu sehen', refund_not_visible: 'Eine Erstattung ist im Shop nicht zu sehen', refund_disagrees: 'Eine Erstattung weicht im Shop ab',
    refund_failed: 'Eine Erstattung schlug fehl', chargeback: 'Die Bank hat Geld zurückgeholt', suspended: 'Von jemandem angehalten', order: 'Auftrag', payment: 'Zahlung',
    balance_due: 'Es fehlt Geld', excess_funds: 'Es wurde mehr eingezogen, als der Auftrag wert ist',
  },
  advice: {
    title: 'Empfohlen',
    excess: (amount) => `${amount} wurden eingezogen, für die keine Position steht: erstatten.`,
    late: (days, tracking) => `Paket ${tracking} ist seit ${days} Tagen unterwegs und nicht angekommen. Erneut senden oder erstatten.`,
    asksAfterParcel: (subject, tracking) => `Der Kunde schreibt „${subject}“. Paket ${tracking} ist nicht zugestellt: erneut senden oder erstatten.`,
    closeReturn: (number) => `${number} ist eingegangen: schließen, damit der Kunde sein Geld bekommt.`,
  },
  cases: {
    title: 'Fälle', linked: 'Verknüpft', suggested: 'Vorgeschlagen', unlinked: 'Ohne Auftrag', none: 'Hier ist kein Fall.', evidence: 'Belege', candidates: 'Kandidaten',
    link: 'Verknüpfen', not: 'Nicht dieser Auftrag', relink: 'Mit anderem Auftrag verknüpfen', unlink: 'Verknüpfung aufheben', orderNumber: 'Auftragsnummer', linkToo: 'Auch damit verknüpfen', confirm: 'Das stimmt', score: (n) => `Gewicht ${n}`,
    noSuchOrder: 'Kein Auftrag hat diese Nummer.', decidedBy: (who) => `Entschieden von ${who}`, rule: 'einer Regel', messages: 'Nachrichten', openDesk: 'Im Desk öffnen',
    choose: 'Links einen Fall wählen.', from: 'Von', order: 'Auftrag', noCandidates: 'Der Hub hat zu diesem Fall keinen Auftrag gefunden.', inbound: 'Kunde', outbound: 'Service', internal: 'Intern',
    desk: 'Desk', subject: 'Betreff', state: 'Zustand', updated: 'Geändert',
  },
  receive: {
    title: 'Rückgaben annehmen', scan: 'Rückgabe-, Auftrags- oder Sendungsnummer', find: 'Suchen', expected: 'Erwartete Pakete', nothing: 'Unter dieser Nummer wird keine Rückgabe erwartet.',
    got: 'Angenommen', rejected: 'Abgelehnt', condition: 'Zustand', rejection: 'Warum abgelehnt', of: (n) => `${n} erwartet`, submit: 'Eingang buchen', close: 'Rückgabe schließen',
    done: 'Gebucht.', closed: 'Geschlossen.', open: (number) => `${number} öffnen`, rest: 'Der Rest kann später kommen: Die Rückgabe bleibt offen.', item: 'Position',
    conditions: { new: 'Neu', opened: 'Geöffnet', damaged: 'Beschädigt', worthless: 'Wertlos' }, preview: 'Was der Kunde bekommt', note: 'Notiz',
  },
};
