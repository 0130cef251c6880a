// The connector against a scripted peer, in memory.
#include <orderhub/fake_host.hpp>

#include "expect.hpp"
#include "mapping.hpp"

using namespace orderhub::sdk;
using namespace orderhub::testkit;

namespace {

const char* const kOrder = R"({"id": 17, "number": "A-1001", "currency": "EUR", "placed": "2026-11-20T08:00:00Z",
    "changed": "2026-11-20T09:00:00Z", "payments": [], "refunds": [],
    "lines": [{"id": 1, "sku": "MUG", "name": "Mug", "quantity": 2, "gross": 23.80, "tax": "3.80", "tax_rate": 19}]})";

Document config() {
    return parse_document(R"({"base_url": "https://shop.example.com/api", "token": "{{secret:token}}"})");
}

void maps_an_order_to_the_cent() {
    const Order record = @NAME@::to_order(Json::parse(kOrder), "2026-11-23T10:00:00Z");
    EXPECT_EQUAL(record.totals.ex, "20.00");
    EXPECT_EQUAL(record.totals.tax, "3.80");
    EXPECT_EQUAL(record.totals.inc, "23.80");
}

void polls_from_its_cursor() {
    FakeHost host(config());
    host.peer = [](const Request&) {
        return Answer{200, std::string(R"({"orders": [)") + kOrder + R"(], "last_change": 5})", {}};
    };
    const Outcome polled = host.poll("4");
    EXPECT_EQUAL(polled.outcome, OH_DONE);
    EXPECT_EQUAL(host.requests[0].url, "https://shop.example.com/api/orders?changed_after=4");
    EXPECT_EQUAL(polled.records.size(), 1U);
    EXPECT_EQUAL(polled.cursor, "5");
}

void refunds_once() {
    FakeHost host(config());
    int refunds = 0;
    host.peer = [&](const Request& request) {
        if (request.method == "GET")
            return Answer{200, refunds > 0 ? R"({"refunds": [{"id": 9, "tag": "k1"}]})" : R"({"refunds": []})", {}};
        ++refunds;
        return no_answer();  // it happened, but nobody says so
    };
    const Document refund = parse_document(R"({"order": {"external_id": "17", "number": "A-1001", "currency": "EUR"},
        "payment": {"external_id": "71"}, "amount": "11.90", "currency": "EUR", "reason": "broken"})");
    EXPECT_EQUAL(host.execute("refund.create", "k1", refund).outcome, OH_DONE);
    EXPECT_EQUAL(host.execute("refund.create", "k1", refund, 2).outcome, OH_DONE);
    EXPECT_EQUAL(refunds, 1);
}

}  // namespace

int main() {
    maps_an_order_to_the_cent();
    polls_from_its_cursor();
    refunds_once();
}
