// A shop in memory that answers the connector's requests as Vendure's Admin API does, and can be
// told to misbehave.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <orderhub/fake_host.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::vendure {

namespace json = boost::json;

/// A recorded answer to the full order query: tests/cases/<name>/input.json.
json::value recorded(std::string_view name);
json::object recorded_order(std::string_view name);

class Shop {
public:
    /// By id. Tests change them at will.
    std::map<std::string, json::object> orders;
    /// Answers instead of the shop, before it has done anything, if it returns something.
    std::function<std::optional<testkit::Answer>(std::string_view operation)> before;
    /// Replaces the answer after the shop has done what was asked.
    std::function<std::optional<testkit::Answer>(std::string_view operation)> after;
    /// Operation names in the order in which they came.
    std::vector<std::string> operations;
    /// Session that the shop accepts; the next login makes a new one.
    std::string session = "none";
    int logins = 0;
    std::string refund_state = "Pending";
    /// What the payment provider says when it refuses to settle or cancel; empty: it agrees.
    std::string provider_refuses;
    /// State of a payment after such a refusal.
    std::string refused_state = "Error";

    void add(json::object order);
    std::size_t count(std::string_view operation) const;
    testkit::Answer answer(const testkit::Request& request);

private:
    testkit::Answer log_in();
    json::value read_order(const json::object& variables) const;
    json::value list(const json::object& variables) const;
    json::value refund(const json::object& input);
    json::value cancel(const json::object& input);
    json::value fulfil(const json::object& input);
    json::value move_fulfilment(const json::object& variables);
    json::value add_note(const json::object& input);
    json::value move_payment(const json::object& variables, std::string_view to);
    json::value dispatch(std::string_view operation, const json::object& variables);
    void add_history(json::object& order, std::string_view type, json::object data);

    int next_id_ = 900;
};

json::object error_result(std::string_view code, std::string_view message);
testkit::Answer graphql_error(std::string_view code, std::string_view message);

/// A host with a connector instance that talks to `shop`, logged out.
struct Bench {
    explicit Bench(json::object extra = {});

    Shop shop;
    testkit::FakeHost host;
};

json::object refund_payload(std::string_view order, std::string_view payment,
                            std::string_view amount, std::string_view currency = "USD");
json::object fulfil_payload(std::string_view order, std::string_view kind, std::string_view line,
                            int quantity);
json::object update_payload(std::string_view order, std::string_view fulfilment,
                            std::string_view state);
json::object cancel_payload(std::string_view order, std::string_view line, int quantity);

}  // namespace orderhub::vendure
