"""Tryton seen from outside: the credit notes in its books."""

import base64
import json
import urllib.error
import urllib.request

from .processes import PeerError

_FIELDS = ["number", "reference", "description", "state", "untaxed_amount", "tax_amount",
           "total_amount", "currency.code", "invoice_date", "accounting_date"]


class Session:
    """JSON-RPC as the administrator, so that nothing in the books is hidden from the test."""

    def __init__(self, tryton):
        self._url, self._header = tryton["url"], {"Content-Type": "application/json"}
        admin = tryton["admin"]
        user, key = self.call("common.db.login", admin["username"],
                              {"password": admin["password"]})
        session = base64.b64encode(f"{admin['username']}:{user}:{key}".encode()).decode()
        self._header["Authorization"] = f"Session {session}"

    def call(self, method, *params):
        body = json.dumps({"id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(self._url, body, self._header)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                document = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise PeerError(f"{method}: {error.code}") from None
        if "error" in document:
            raise PeerError(f"{method}: {str(document['error'])[:500]}")
        return document["result"]


def notes(tryton, reference=None):
    session = Session(tryton)
    domain = [["type", "=", "out"], ["company", "=", tryton["company"]]]
    if reference:
        domain.append(["reference", "=", reference])
    found = session.call("model.account.invoice.search_read", domain, 0, None, [["id", "ASC"]],
                         _FIELDS, {"company": tryton["company"], "language": "en"})
    return [_plain(note) for note in found if not _is_invoice(note)]


def _is_invoice(note):
    """A credit note is an outgoing invoice below zero."""
    amount = note["untaxed_amount"]["decimal"]
    return not amount.startswith("-")


def _plain(note):
    plain = {}
    for field in _FIELDS:
        value = note["currency."]["code"] if field == "currency.code" else note[field]
        if isinstance(value, dict) and value["__class__"] == "Decimal":
            value = value["decimal"]
        elif isinstance(value, dict):
            value = f"{value['year']:04}-{value['month']:02}-{value['day']:02}"
        plain["currency" if field == "currency.code" else field] = value
    return {"id": note["id"], **plain}
