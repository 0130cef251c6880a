// A shop in memory that answers the connector's operations, and can be told to misbehave.
#pragma once

#include <functional>
#include <map>
#include <orderhub/fake_host.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace orderhub::shopify::testing {

using testkit::Answer;
using testkit::FakeHost;
using testkit::Outcome;
using testkit::Request;

/// The input of tests/cases/NAME.
Json document(std::string_view name);
Json config();

/// One answer in place of the shop's.
struct Fault {
    std::string operation;
    Answer answer;
    bool takes_effect = false;
    int times = 1;
};

/// What an operation was asked with.
struct Asked {
    std::string operation;
    Json variables;
};

struct Shop {
    explicit Shop(std::string_view first = "gross_order_discount");

    void attach(FakeHost& host);
    Answer answer(const Request& request);
    std::size_t count(std::string_view operation) const;
    const Json& asked(std::string_view operation) const;  ///< of its last time

    Json order;                                ///< what HubOrder gives
    std::vector<Json> listed;                  ///< rows of HubChanged
    std::map<std::string, std::string> marks;  ///< values of metafields
    std::vector<Fault> faults;
    std::vector<Asked> all;
    Json cost;  ///< of every answer, if set
    int writes = 0;

private:
    Json data(const std::string& operation, const Json& variables);
    Json refund(const Json& input);
    Json fulfil(const Json& input);
    Json fulfilment_orders() const;
    void add_transaction(const std::string& kind, const Json& parent, const std::string& amount);
    void append(std::string_view list, Json row);

    int next_ = 900;
};

Answer ok(const Json& body, int status = 200);
/// 200 with `errors`.
Answer error(std::string_view code, std::string_view message);
Answer user_error(std::string_view field, std::string_view message);

/// The payload of a command on an order of the cases; `more` has its other members.
Json payload(std::string_view order, std::string_view currency, std::string_view more);

}  // namespace orderhub::shopify::testing
