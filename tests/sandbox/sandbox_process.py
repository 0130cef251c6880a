"""Starts one orderhub-sandbox for a test class and talks to it the way its clients do."""

import base64
import http.client
import json
import os
import subprocess
import unittest

API_KEY = "sandboxkey00000000000001:sandbox-vendure-secret-0000000000000001"
DESK_TOKEN = "1-35-sandbox00000000000000000000000000"
BOOKS_CONTEXT = {"company": 1, "language": "en"}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Sandbox:
    def __init__(self, *options):
        command = [os.environ["ORDERHUB_SANDBOX"], "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on 127.0.0.1:"), line
        self.port = int(line.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=120)
        self.process.stdout.close()
        assert code == 0, code

    def call(self, method, path, body=None, headers=None, timeout=120):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Content-Type": "application/json", **(headers or {})}
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        try:
            connection.request(method, path, body=data, headers=sent)
            reply = connection.getresponse()
            return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()},
                          reply.read().decode())
        finally:
            connection.close()

    def control(self, what, body=None, method=None):
        answer = self.call(method or ("GET" if body is None else "POST"), f"/_sandbox/{what}", body)
        assert answer.status == 200, answer.body
        return answer.json()

    def effects(self, kind=None):
        return [one for one in self.control("effects") if kind in (None, one["kind"])]

    # the shop

    def shop_raw(self, query, variables=None, headers=None, **options):
        return self.call("POST", "/vendure/admin-api", {"query": query, "variables": variables or {}},
                         {"vendure-api-key": API_KEY} if headers is None else headers, **options)

    def shop(self, query, **variables):
        reply = self.shop_raw(query, variables).json()
        assert "errors" not in reply, reply
        return reply["data"]

    def order(self, order, fields):
        return self.shop(f'query($id:ID!){{order(id:$id){{{fields}}}}}', id=order)["order"]

    def refund(self, payment, amount, reason="x", **options):
        query = ("mutation($i:RefundOrderInput!){refundOrder(input:$i){__typename ... on Refund{id state total}"
                 " ... on ErrorResult{errorCode message} ... on RefundAmountError{maximumRefundable}}}")
        return self.shop_raw(query, {"i": {"paymentId": payment, "amount": amount, "shipping": 0,
                                           "adjustment": 0, "reason": reason}}, **options)

    def place(self, **wish):
        whole = {"channel": "us-store", "lines": [{"sku": "MUG-1", "quantity": 2, "unit_price_minor": 1000,
                                                   "tax_rate": 20}],
                 "payment": {"method": "card-instant", "state": "Settled"}, **wish}
        return self.control("orders", whole)

    # the desk

    def desk(self, method, path, body=None, headers=None):
        return self.call(method, "/rt/REST/2.0" + path, body,
                         {"Authorization": f"token {DESK_TOKEN}", **(headers or {})})

    # the books

    def books_login(self):
        reply = self.call("POST", "/tryton/hub/", {
            "id": 1, "method": "common.db.login", "params": ["hub", {"password": "hub-Passw0rd-42"}]})
        user, key = reply.json()["result"]
        return {"Authorization": "Session " + base64.b64encode(f"hub:{user}:{key}".encode()).decode()}

    def books_raw(self, session, method, params, **options):
        return self.call("POST", "/tryton/hub/", {"id": 7, "method": method, "params": params}, session,
                         **options)

    def books(self, session, method, *params):
        reply = self.books_raw(session, method, [*params, BOOKS_CONTEXT]).json()
        assert "error" not in reply, reply["error"]
        return reply["result"]


class SandboxCase(unittest.TestCase):
    """One process per class, emptied before each test."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.box = Sandbox(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.box.stop()

    def setUp(self):
        self.box.control("webhooks", {"vendure": {}, "rt": {}})
        self.box.control("reset", {})
