// The connector against a scripted peer, in memory.
#include <orderhub/fake_host.hpp>

#include "expect.hpp"
#include "mapping.hpp"

using namespace orderhub::sdk;
using namespace orderhub::testkit;

namespace {

const char* const kMemo = R"({"id": 32, "reference": "CM-000002", "number": "2026/32", "credit": true, "posted": true,
    "date": "2026-11-23", "currency": "EUR", "gross": "11.90", "tax": "1.90"})";

Document config() {
    return parse_document(R"({"base_url": "https://books.example.com/api", "token": "{{secret:token}}"})");
}

void maps_a_document_to_the_cent() {
    const Posting record = @NAME@::to_posting(Json::parse(kMemo), "2026-11-23T10:00:00Z");
    EXPECT_EQUAL(record.totals.ex, "10.00");
    EXPECT_EQUAL(*record.posted_number, "2026/32");
}

void polls_from_its_cursor() {
    FakeHost host(config());
    host.peer = [](const Request&) {
        return Answer{200, std::string(R"({"documents": [)") + kMemo + R"(], "last_change": 5})", {}};
    };
    const Outcome polled = host.poll("4");
    EXPECT_EQUAL(polled.outcome, OH_DONE);
    EXPECT_EQUAL(polled.records.size(), 1U);
    EXPECT_EQUAL(polled.cursor, "5");
}

void posts_once() {
    FakeHost host(config());
    int posted = 0;
    host.peer = [&](const Request& request) {
        if (request.method == "GET")
            return Answer{200, posted > 0 ? std::string(R"({"documents": [)") + kMemo + "]}" : R"({"documents": []})", {}};
        ++posted;
        return no_answer();  // it happened, but nobody says so
    };
    const Document memo = parse_document(R"({"memo": {"number": "CM-000002", "date": "2026-11-23", "currency": "EUR",
        "totals": {"ex": "10.00", "tax": "1.90", "inc": "11.90"}, "order_number": "A-1001", "lines": []}})");
    EXPECT_EQUAL(host.execute("credit_memo.post", "k1", memo).outcome, OH_DONE);
    EXPECT_EQUAL(host.execute("credit_memo.post", "k1", memo, 2).outcome, OH_DONE);
    EXPECT_EQUAL(posted, 1);
}

}  // namespace

int main() {
    maps_a_document_to_the_cent();
    polls_from_its_cursor();
    posts_once();
}
