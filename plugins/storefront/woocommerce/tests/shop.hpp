// A small shop in memory, with faults, for tests of the connector's calls.
#pragma once

#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::woocommerce::testing {

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

class Shop {
public:
    /// One order, 727: two mugs for 24.20 EUR, paid.
    Shop();

    Answer answer(const Request& request);
    void attach(FakeHost& host);
    Json& add_order(std::int64_t id, const std::string& modified);
    /// Writes with this body that took effect.
    int changes = 0;

    std::map<std::string, Json> orders;
    std::vector<Json> refunds;  ///< of order 727, newest first
    std::vector<Json> notes;
    std::vector<Fault> faults;

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer list(const Request& request) const;
    Answer change(Json& order, const Json& body);
    Answer add_refund(Json& order, Json body);
};

Answer ok(const Json& body, int status = 200);
Answer refusal(int status, std::string_view code, std::string_view words);

/// {"external_id": "727", ...}
Json order_reference();

}  // namespace orderhub::woocommerce::testing
