// The connector against a scripted peer, in memory.
#include <orderhub/fake_host.hpp>

#include "expect.hpp"
#include "mapping.hpp"

using namespace orderhub::sdk;
using namespace orderhub::testkit;

namespace {

const char* const kTicket = R"({"id": 17, "subject": "Where is my order?", "open": true,
    "created": "2026-11-20T08:00:00Z", "changed": "2026-11-20T09:00:00Z", "email": "ada@example.test"})";

Document config() {
    return parse_document(R"({"base_url": "https://desk.example.com/api", "token": "{{secret:token}}"})");
}

void maps_a_ticket() {
    const Case record = @NAME@::to_case(Json::parse(kTicket), "2026-11-23T10:00:00Z");
    EXPECT_EQUAL(record.source.external_id, "17");
    EXPECT_EQUAL(*record.requester->email, "ada@example.test");
}

void polls_from_its_cursor() {
    FakeHost host(config());
    host.peer = [](const Request&) {
        return Answer{200, std::string(R"({"tickets": [)") + kTicket + R"(], "last_change": 5})", {}};
    };
    const Outcome polled = host.poll("4");
    EXPECT_EQUAL(polled.outcome, OH_DONE);
    EXPECT_EQUAL(host.requests[0].url, "https://desk.example.com/api/tickets?changed_after=4");
    EXPECT_EQUAL(polled.records.size(), 1U);
    EXPECT_EQUAL(polled.cursor, "5");
}

void adds_a_note_once() {
    FakeHost host(config());
    int notes = 0;
    host.peer = [&](const Request& request) {
        if (request.method == "GET")
            return Answer{200, notes > 0 ? R"({"notes": [{"id": 9, "tag": "k1"}]})" : R"({"notes": []})", {}};
        ++notes;
        return no_answer();  // it happened, but nobody says so
    };
    const Document note = parse_document(R"({"case": {"external_id": "17"}, "text": "hello"})");
    EXPECT_EQUAL(host.execute("case.note", "k1", note).outcome, OH_DONE);
    EXPECT_EQUAL(host.execute("case.note", "k1", note, 2).outcome, OH_DONE);
    EXPECT_EQUAL(notes, 1);
}

}  // namespace

int main() {
    maps_a_ticket();
    polls_from_its_cursor();
    adds_a_note_once();
}
