// A small project in memory, with versions and faults, for tests of the connector's calls.
#pragma once

#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::commercetools::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

Json config();

/// The next request of `method` whose address holds `part` gets `answer`, `times` times.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

class Project {
public:
    /// Order "o-1" (two mugs for 24.20 EUR) with its payment "p-1", charged.
    Project();

    Answer answer(const Request& request);
    void attach(FakeHost& host);
    Json& add_order(const std::string& id, const std::string& modified);
    /// Transactions of type Refund of payment p-1.
    std::vector<Json> refunds() const;

    std::map<std::string, Json> orders;
    std::map<std::string, Json> payments;
    std::vector<std::string> actions;  ///< names of those that took effect
    std::vector<Fault> faults;
    int somebody_else = 0;  ///< so many updates meet a change that was made just before

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer query(const Request& request, std::map<std::string, Json>& all);
    Answer update(Json& resource, const Json& body);
    void apply(Json& resource, const Json& action);
    Json with_payments(Json order) const;
};

Answer ok(const Json& body, int status = 200);
Answer problem(int status, std::string_view code, std::string_view message);

/// {"external_id": "o-1", ...}
Json order_reference();

}  // namespace orderhub::commercetools::testing
