// Entry of the connector: one command, one POST.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <string>

#include "mapping.hpp"

namespace orderhub::order_sink {

namespace json = boost::json;

class OrderSink {
public:
    explicit OrderSink(const json::object& config) : url_(config.at("url").as_string()) {}

    /// That something answers there; what it says to a GET does not matter.
    void check(sdk::Call& call) { call.http({.url = url_}); }

    /// The receiver knows an order by its externalId, so a second attempt posts again and need not
    /// look.
    void execute(sdk::Call& call, const sdk::Command& command) {
        call.http_ok({.method = "POST",
                      .url = url_,
                      .headers = {{"content-type", "application/json"},
                                  {"idempotency-key", std::string(command.key)}},
                      .body = json::serialize(receivers_order(command.payload)),
                      .effect = sdk::Effect::write});
    }

private:
    std::string url_;
};

}  // namespace orderhub::order_sink

ORDERHUB_CONNECTOR(orderhub::order_sink::OrderSink, ORDERHUB_MANIFEST);
