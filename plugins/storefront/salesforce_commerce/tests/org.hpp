// One order and its summary in memory, with faults, for tests of the connector's calls.
#pragma once

#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::salesforce_commerce::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

inline const std::string kOrder = "801000000000001AAA";

/// By orders, with a status that means cancelled.
Json config();
/// A document of tests/cases.
Json document(const std::string& name);

/// The next request of `method` whose address holds `part` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Org {
public:
    Org();

    Answer answer(const Request& request);
    void attach(FakeHost& host);

    Json order;                                                ///< the row of Order, whole
    Json summary;                                              ///< the row of OrderSummary, whole
    std::string child_stamp = "2026-11-02T09:20:00.000+0000";  ///< of items
    std::vector<Fault> faults;
    int changes = 0;
    std::vector<std::string> asked;  ///< queries

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer query(const std::string& soql);
    Answer changed(const std::string& soql);
};

Answer ok(const Json& body, int status = 200);
Answer refused(int status, std::string_view code);

}  // namespace orderhub::salesforce_commerce::testing
