// A Tryton in memory for client tests: the methods that the connector calls, and a switch for each
// way in which the wire or the server may fail.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <orderhub/fake_host.hpp>
#include <string>
#include <vector>

namespace orderhub::tryton::test {

namespace json = boost::json;

/// A failure of the next call of a method.
struct Fault {
    testkit::Answer answer;
    bool after_effect = false;  ///< the method does its work before the answer goes wrong
};

testkit::Answer json_answer(const json::value& body);
testkit::Answer error_answer(std::string kind, json::value details = "");
testkit::Answer html_answer(int status);

/// The configuration that fits the stub.
json::object stub_config();

/// The payload of a fee invoice of one line.
json::object fee_invoice(std::string number, std::string ex = "10.00", std::string tax = "2.00",
                         std::string inc = "12.00");

/// The payload of a memo of one line.
json::object memo(std::string number, std::string currency = "EUR", std::string ex = "10.00",
                  std::string tax = "2.00", std::string inc = "12.00", std::string rate = "20");

class StubTryton {
public:
    testkit::Answer answer(const testkit::Request& request);

    /// Adds an invoice as somebody else might have left it.
    void add_invoice(std::string reference, std::string state, std::string accounting_date);

    std::vector<json::object> invoices;  ///< as created, with id, number and state
    std::vector<json::object> parties;
    std::map<std::string, std::deque<Fault>> faults;  ///< by method
    std::map<std::string, int> calls;                 ///< by method
    std::string session = "session-1";                ///< any other is refused with 401
    std::string today = "2026-11-22";
    std::int64_t clock_us = 1'795'000'000'000'000;  ///< a second later with each effect
    bool may_write_invoices = true;

private:
    json::value run(const std::string& method, const json::array& params);
    json::value search(const std::string& model, const json::array& params);
    json::array listed(const json::array& params) const;
    json::value invoice_record(const json::object& invoice) const;
    json::object& invoice_of(const json::value& id);
    int logins_ = 0;
};

/// A host with the connector and the stub behind it.
struct World {
    explicit World(json::object config = stub_config());

    testkit::Outcome invoice(const json::object& payload, std::uint32_t attempt = 1) {
        return host.execute("invoice.post", "key-2", payload, attempt);
    }
    testkit::Outcome post(const json::object& payload, std::uint32_t attempt = 1) {
        return host.execute("credit_memo.post", "key-1", payload, attempt);
    }

    StubTryton tryton;
    testkit::FakeHost host;
};

}  // namespace orderhub::tryton::test
