// A small Stripe in memory, with faults, for tests of the connector's calls.
#pragma once

#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::stripe::testing {

using sdk::Json;
using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

Json config();
/// Of a command about the payment "pi_1" of order B-1001.
Json payload(const char* amount = "12.00", const char* currency = "EUR",
             const char* reference = "pi_1");

/// The next request of `method` whose address holds `part` gets `answer`.
struct Fault {
    std::string method;
    std::string part;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

/// pi_1: 50.00 EUR, captured. pi_2: 50.00 EUR, authorized. ch_3: a charge of old, 50.00 EUR,
/// authorized.
class Bank {
public:
    Bank();
    Answer answer(const Request& request);
    void attach(FakeHost& host);
    /// A refund as it would lie there, with the hub's marks if `key` is not empty.
    Json& add_refund(const std::string& id, const std::string& key,
                     const std::string& status = "succeeded");
    void add_event(const std::string& id, std::int64_t created, const std::string& refund);

    std::map<std::string, Json> payments;
    std::vector<Json> refunds;  ///< oldest first
    std::vector<Json> events;   ///< oldest first
    std::map<std::string, Answer> keys;
    std::vector<Fault> faults;
    int writes = 0;  ///< captures, cancels and refunds that took effect

private:
    std::optional<Fault> due(const Request& request);
    Answer act(const Request& request);
    Answer once(const Request& request);
    Answer write(const std::string& path, const std::map<std::string, std::string>& form);
    Answer list(const std::vector<Json>& rows,
                const std::map<std::string, std::string>& query) const;
};

Answer ok(const Json& body, int status = 200);
Answer error(int status, std::string_view type, std::string_view code, std::string_view message);
/// A value of a form or query by its name, decoded; empty if there is none.
std::string value_of(const std::string& form, const std::string& name);
std::string header_of(const Request& request, std::string_view name);

}  // namespace orderhub::stripe::testing
