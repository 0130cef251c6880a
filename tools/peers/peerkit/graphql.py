"""A small client of Vendure's two GraphQL interfaces."""

import json
import urllib.error
import urllib.request

from .processes import PeerError


class Client:
    """One session (bearer token) with one interface; `channel` may be changed at any time."""

    def __init__(self, url, channel=None):
        self.url, self.channel, self._token = url, channel, None

    def __call__(self, query, **variables):
        """The only root field's value. Any of Vendure's three kinds of error is raised."""
        headers = {"Content-Type": "application/json"}
        if self.channel:
            headers["vendure-token"] = self.channel
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(
            self.url, json.dumps({"query": query, "variables": variables}).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self._token = answer.headers.get("vendure-auth-token") or self._token
                document = json.load(answer)
        except urllib.error.HTTPError as error:
            raise PeerError(f"{self.url}: {error.code} {error.read().decode()[:2000]}") from None
        if document.get("errors"):
            raise PeerError("; ".join(error["message"] for error in document["errors"])
                            + f" in {query[:100]} {json.dumps(variables)[:400]}")
        (value,) = document["data"].values()
        if isinstance(value, dict) and "errorCode" in value:
            raise PeerError(f"{value['errorCode']}: {json.dumps(value)} in {query[:100]}")
        return value

    def login(self, username, password):
        self("mutation($u:String!,$p:String!){login(username:$u,password:$p){__typename "
             "...on ErrorResult{errorCode message}}}", u=username, p=password)

    def mutate(self, name, kind, value, fields="id"):
        """A mutation whose only argument is `input`; `kind` is the argument's GraphQL type."""
        return self(f"mutation($i:{kind}){{{name}(input:$i){{{fields}}}}}", i=value)
