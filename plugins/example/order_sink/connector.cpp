// Entry of the connector: one command, one POST.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <string>

#include "mapping.hpp"

namespace orderhub::order_sink {

class OrderSink {
public:
    explicit OrderSink(const sdk::Document& config) : url_(config.at("url").text()) {}

    /// That something answers there; what it says to a GET does not matter.
    void check(sdk::Call& call) { call.http({.url = url_}); }

    /// The receiver knows an order by its externalId, so a second attempt posts again and need not
    /// look.
    sdk::OrderForward::Result order_forward(sdk::Call& call, const sdk::Command& command,
                                            const sdk::OrderForward& order) {
        const auto response = call.http_ok(sdk::json_request(
            "POST", url_, {{"idempotency-key", std::string(command.key)}}, receivers_order(order)));
        // A login page of something in between is no receiver's answer.
        if (response.header("content-type").starts_with("text/html"))
            throw sdk::unknown("bad_answer", "a page for people came in place of an answer");
        return {};
    }

private:
    std::string url_;
};

}  // namespace orderhub::order_sink

ORDERHUB_CONNECTOR(orderhub::order_sink::OrderSink, ORDERHUB_MANIFEST);
