// The calls of the Orders API, and of OCAPI for notes. One object lives for one connector call.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "load.hpp"
#include "settings.hpp"

namespace orderhub::b2c_commerce {

/// What one read of a list gave.
struct OrderPage {
    std::vector<Json> orders;
    bool is_last;
    std::string observed_at;
};

class Client {
public:
    Client(const Settings& settings, Load& load, sdk::Call& call)
        : settings_(settings), load_(load), call_(call) {}

    /// Orders changed at `from_ms` or later, oldest change first, from row `offset` on.
    OrderPage changed(std::int64_t from_ms, std::int64_t offset, std::int64_t limit);

    /// Nothing if the site has no such order.
    std::optional<Json> order(std::string_view number);

    /// PUT of one of the order's states: "status", "shipping-status".
    void set_state(std::string_view number, std::string_view which, std::string_view word);

    /// POST .../oms-status-events; taken in, not yet worked off.
    void tell(std::string_view number, const Json& event);

    /// What a change of no attributes at all to an order that is not there is answered: whether the
    /// client may write.
    int trial_of_writing();

    /// OCAPI's notes of an order.
    std::vector<Json> notes(std::string_view number);
    void add_note(std::string_view number, std::string_view subject, std::string_view text);

private:
    std::string url(std::string_view number, std::string_view what) const;
    sdk::HttpResponse send(sdk::HttpRequest request);
    sdk::HttpResponse write(std::string_view method, std::string url, const Json& body);

    const Settings& settings_;
    Load& load_;
    sdk::Call& call_;
};

/// What the system said, without its documentation address: title and detail of a problem, or a
/// fault's message.
std::string words_of(const sdk::HttpResponse& response);

}  // namespace orderhub::b2c_commerce
