"""Request Tracker seen from outside: a customer's mail, an agent's look at a ticket."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from .processes import PeerError


def mail(rt, sender, subject, body):
    """Hands RT a mail as its mail gateway would get it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "support@example.test", subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="example.test")
    message.set_content(body)
    form = urllib.parse.urlencode({"queue": rt["queue"]["name"], "action": "correspond",
                                   "SessionType": "REST", "message": message.as_string()})
    answer = _ask(rt, "/REST/1.0/NoAuth/mail-gateway", form.encode())
    if answer.strip() != "ok":
        raise PeerError(f"RT refused the mail: {answer}")


def create(rt, sender, subject, body):
    """A customer's first mail. The gateway does not say which ticket it made: look for it."""
    mail(rt, sender, subject, body)
    query = urllib.parse.urlencode({
        "query": f"Requestor.EmailAddress = {_quoted(sender)} AND Subject = {_quoted(subject)}",
        "orderby": "id", "order": "DESC", "per_page": 1})
    found = json.loads(_ask(rt, f"/REST/2.0/tickets?{query}"))["items"]
    if not found:
        raise PeerError("RT took the mail but made no ticket")
    return int(found[0]["id"])


def _quoted(text):
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _ask(rt, path, body=None, method=None, kind="application/x-www-form-urlencoded"):
    request = urllib.request.Request(rt["url"] + path, body, method=method)
    request.add_header("Content-Type", kind)
    if "/NoAuth/" not in path:
        login = f"{rt['agent']['username']}:{rt['agent']['password']}".encode()
        request.add_header("Authorization", "Basic " + base64.b64encode(login).decode())
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        raise PeerError(f"{path}: {error.code} {error.read().decode()[:500]}") from None


def set_status(rt, ticket, status):
    path = f"/REST/2.0/ticket/{ticket}"
    said = json.loads(_ask(rt, path, json.dumps({"Status": status}).encode(), "PUT",
                           "application/json"))
    if json.loads(_ask(rt, path))["Status"] != status:
        raise PeerError("; ".join(said))


def show(rt, ticket):
    """The ticket with its custom fields by name, and everything written on it, oldest first."""
    whole = json.loads(_ask(rt, f"/REST/2.0/ticket/{ticket}"))
    return {
        "id": whole["id"], "subject": whole["Subject"], "status": whole["Status"],
        "requestors": [user["id"] for user in whole["Requestor"]],
        "custom_fields": {field["name"]: field["values"] for field in whole["CustomFields"]},
        "links": [link["_url"] for link in whole["_hyperlinks"] if link["ref"] == "refers-to"],
        "messages": _messages(rt, ticket),
    }


def _messages(rt, ticket):
    found, page = [], 1
    while True:  # histories have no total: an empty page is the end
        query = urllib.parse.urlencode({"fields": "Type,Creator", "per_page": 100, "page": page,
                                        "orderby": "id", "order": "ASC"})
        items = json.loads(_ask(rt, f"/REST/2.0/ticket/{ticket}/history?{query}"))["items"]
        found += [{"type": item["Type"], "creator": item["Creator"]["id"],
                   "text": _text(rt, item["id"])}
                  for item in items if item["Type"] in ("Create", "Comment", "Correspond")]
        if not items:
            return found
        page += 1


def _text(rt, transaction):
    links = json.loads(_ask(rt, f"/REST/2.0/transaction/{transaction}"))["_hyperlinks"]
    for link in links:
        if link["ref"] == "attachment":
            path = urllib.parse.urlparse(link["_url"]).path
            part = json.loads(_ask(rt, path.removeprefix(urllib.parse.urlparse(rt["url"]).path)))
            if part["ContentType"].startswith("text/"):
                return base64.b64decode(part["Content"]).decode()
    return ""
