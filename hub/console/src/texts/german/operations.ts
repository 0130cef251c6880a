/** Die Seiten derer, die den Hub betreiben. */
import type { operations as english } from '../english/operations';

export const operations: typeof english = {
  approvals: {
    none: 'Nichts wartet auf eine Entscheidung.', what: 'Was', by: 'Angefragt von', waitsFor: 'Wartet auf', asks: 'Angefragt von', comment: 'Kommentar', approve: 'Freigeben', giveBack: 'Zurückgeben', decline: 'Ablehnen',
    own: 'Eigene Anfragen können Sie nicht freigeben.', notAllowed: 'Sie dürfen dies sehen, aber nicht entscheiden. Nötig ist das Recht „approvals.decide“.', noPlan: 'Hierzu gibt es keine Beträge.',
  },
  flows: {
    none: 'Kein Ablauf ist gelaufen.', flow: 'Ablauf', message: 'Worauf er wartet', steps: 'Schritte', data: 'Was hineinging und herauskam', retry: 'Fehlgeschlagenen Schritt erneut versuchen', cancel: 'Hier beenden', cancelReason: 'Warum er beendet wird',
  },
  firstRun: {
    title: 'Den ersten Shop verbinden', intro: 'Noch ist kein System verbunden. Diese Schritte verbinden eines; diese Seite zeigt es, sobald der Hub es hat.',
    choose: 'Einen Connector wählen', chooseHow: 'Jeder Connector ist eine Bibliothek neben dem Hub. Sein Manifest sagt, was er kann und welche Hosts und Rechte er braucht; in seinem Ordner beschreibt ein README die Einrichtung im anderen System.',
    write: 'Seinen Eintrag schreiben', writeHow: 'In die Konfigurationsdatei, nach der config.sample.yaml des Connectors. Geheimnisse kommen aus der Umgebung oder einer Datei, nie aus dem Text selbst.',
    check: 'Die Datei prüfen', checkHow: 'Nennt Datei, Zeile und was stattdessen stehen soll; startet nichts.',
    start: 'Den Hub neu starten', startHow: '„Verbindung prüfen“ auf dieser Seite fragt dann das System, ob Zugang und Rechte genügen.',
    history: 'Holen, was früher verkauft wurde', historyHow: 'Seite für Seite, hinter dem laufenden Verkehr; es geht nach einem Neustart weiter.',
  },
  ops: {
    configuration: 'Konfiguration', configurationHint: 'Wie der Hub sie beim Start geladen hat. Von Geheimnissen ist nur zu sehen, dass sie gesetzt sind.', general: 'Allgemein', working: 'Arbeitet', unreachable: 'Nicht erreichbar', trying: 'Neuer Versuch', pollFailed: 'Letzte Abfrage ansehen', check: 'Verbindung prüfen', checkGood: 'Es antwortet und erlaubt, was nötig ist.',
    outcomes: { done: 'Erledigt', retry: 'Erneut versucht', rejected: 'Abgelehnt', unknown: 'Nicht bestätigt' },
    place: 'Läuft', places: { in_process: 'im Hub', process: 'in eigenem Prozess', sandboxed: 'in einer Sandbox' },
    processStates: { starting: 'Sein Prozess startet', running: 'Sein Prozess läuft', waiting: 'Sein Prozess endete und wird neu gestartet', parked: 'Sein Prozess endete zu oft und wird nicht neu gestartet: orderhub connectors resume', stopped: 'Sein Prozess ist angehalten' },
    ended: (n: number) => (n === 1 ? 'Er hat einmal von selbst geendet.' : `Er hat ${n}-mal von selbst geendet.`),
    waiting: 'Wartend', parked: 'Geparkt', accepted: 'Angenommene Nachrichten', applied: 'Übernommene Datensätze', delivered: 'Zugestellt', polls: 'Abfragen / fehlgeschlagen', limit: 'Ratengrenze',
    rateLimit: (interval, burst) => `eine je ${interval} ms, ${burst} auf einmal`, noLimit: 'die des Systems', library: 'Bibliothek', held: (reason) => `Zurückgehalten: ${reason}`, can: 'Kann:',
    stability: { real: 'am echten System erprobt', contract: 'nach Vertrag', example: 'Beispiel' }, kinds: { storefront: 'Shop', servicedesk: 'Service-Desk', finance: 'Bücher' },
    what: 'Nachricht', system: 'System', tries: 'Versuche', error: 'Fehler', anySystem: 'Jedes System',
    boxes: { parked: 'Geparkt', waiting: 'Wartend', unknown: 'Nicht bestätigt', done: 'Zugestellt', dropped: 'Verworfen', inbox: 'Nicht verstanden' },
    nothingParked: 'Keine Nachricht ist geparkt: Alles ist zugestellt oder unterwegs.', nothingHere: 'Hier ist nichts.', inboxEmpty: 'Jede eingegangene Nachricht wurde verstanden.', more: 'Mehr zeigen', received: 'Eingegangen', raw: 'Rohnachricht',
    byCode: 'Fehler', anyCode: 'Jeder Fehler', retryAll: 'Geparkte erneut senden…', retryNow: (n) => `${n} erneut senden`, retried: (n) => `${n} werden erneut gesendet.`, edit: 'Ändern', edited: 'Geänderte Nachricht', original: 'Wie sie zuerst war',
    changed: (n) => (n === 1 ? '1 Zeile geändert. Das Original bleibt erhalten.' : `${n} Zeilen geändert. Das Original bleibt erhalten.`), save: 'Geänderte Nachricht behalten', drop: 'Verwerfen…', dropReason: 'Warum sie aufgegeben wird', dropNow: 'Endgültig verwerfen',
    attempts: (n) => `Versuche (${n})`, facts: 'Angaben', openOrder: 'Auftrag öffnen', key: 'Schlüssel', created: 'Angelegt', nextTry: 'Nächster Versuch', behind: 'Dahinter wartend', message: 'Nachricht', result: 'Antwort', headers: 'Kopfzeilen',
    sameKey: 'Gesendet wird unter demselben Schlüssel. Der Hub sieht zuerst nach, was das System schon hat.', sendUnchanged: 'Unverändert senden', sendEdited: 'Geändert senden', readAgain: 'Erneut lesen', findEvents: 'In Art, Person, Auftrag oder Daten suchen', saveAs: 'Gezeigtes speichern',
    eventsShown: (n) => (n === 1 ? '1 Ereignis' : `${n} Ereignisse`), newEvents: (n) => (n === 1 ? '1 neues Ereignis' : `${n} neue Ereignisse`), type: 'Art', who: 'Wer', about: 'Zu', sinceOpen: 'Seit diese Seite offen ist, alle 2 Sekunden', perSecond: 'je Sekunde', messagesUnit: 'Nachrichten', milliseconds: 'Millisekunden', asTable: 'Als Tabelle',
    plots: { applied: 'Übernommene Datensätze', delivered: 'Zugestellt', waiting: 'Wartende Zustellungen', parked: 'Geparkte Zustellungen', inbox: 'Wartender Eingang', retried: 'Erneut versucht', requests: 'Anfragen an den Hub', answer: 'Mittlere Antwortzeit' },
    from: 'Von', to: 'Bis einschließlich', reconcile: 'Abgleichen', reconcileHint: 'Zeitraum wählen. Der Hub fragt jedes System, das Aufträge oder Belege kennt.', differences: 'Abweichungen', nothingDiffers: 'Nichts weicht ab.', side: 'Seite', ours: 'Hub', theirs: 'Andere Seite',
    sides: { books: 'Bücher', payments: 'Zahlungen', storefront: 'Shop' },
  },
};
