// A small shop in memory, with faults, for tests of the connector's calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::b2c_commerce::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

/// With notes by OCAPI and an address to follow parcels under.
Json config();

/// The next request of `method` whose address holds `part` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Shop {
public:
    /// One order, "1001", two mugs for 24.20 EUR.
    Shop();

    Answer answer(const Request& request);
    void attach(FakeHost& host);
    Json& add_order(const std::string& number, const std::string& modified);

    std::map<std::string, Json> orders;
    std::vector<Json> events;
    std::vector<Json> notes;
    std::vector<Fault> faults;
    int status_changes = 0;

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer list(const Request& request) const;
    Answer change(const std::string& number, const std::string& what, const Request& request);
};

Answer ok(const Json& body, int status = 200);
Answer problem(int status, std::string_view slug, std::string_view detail);

}  // namespace orderhub::b2c_commerce::testing
