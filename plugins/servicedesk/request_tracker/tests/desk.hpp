// A small Request Tracker in memory, with faults, for tests of the connector's calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::request_tracker::testing {

namespace json = boost::json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

json::object config();

struct Transaction {
    std::int64_t id;
    std::int64_t ticket;
    std::string type;
    std::string creator;
    std::string created;
    std::string text;       ///< its attachment 1000 + id, if not empty
    bool committed = true;  ///< others cannot see it yet
};

struct Ticket {
    std::string queue = "Support";
    std::string status = "open";
    std::string updated = "2026-11-22T18:36:21Z";
    std::int64_t version = 50;
    std::map<std::string, std::string> fields{{"Order Number", ""},
                                              {"Order Summary", ""},
                                              {"Order Summary URL", ""},
                                              {"Order Total", ""},
                                              {"External Id", ""}};
};

/// The next request of `method` whose path ends with `path` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string path;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Desk {
public:
    /// One ticket, number 1, opened by ada@example.test.
    Desk();

    Answer answer(const Request& request);
    void attach(FakeHost& host);

    /// Adds a transaction and touches its ticket.
    Transaction& add(std::int64_t ticket, std::string type, std::string creator,
                     std::string created, std::string text = {});
    std::size_t count(std::string_view type) const;

    std::map<std::int64_t, Ticket> tickets;
    std::vector<Transaction> transactions;
    std::vector<Fault> faults;
    std::map<std::int64_t, std::int64_t> merged;  ///< from -> into

private:
    std::optional<Fault> due(const Request& request, std::string_view path);
    Answer act(const Request& request, std::string_view path);
    Answer read_ticket(std::int64_t id) const;
    Answer change(Ticket& ticket, std::int64_t id, const Request& request);
    Answer comment(std::int64_t id, const Request& request);
    Answer history(std::int64_t id, const Request& request) const;
    Answer attachments(std::int64_t id, const Request& request) const;
    Answer search_tickets(const Request& request) const;
    Answer search_transactions(const Request& request) const;
};

Answer ok(const json::value& body, int status = 200);
Answer words(int status, std::string_view message);

}  // namespace orderhub::request_tracker::testing
