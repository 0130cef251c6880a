// Entry of the connector: what arrives becomes one order record.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "exact_json.hpp"
#include "mapping.hpp"

namespace orderhub::signed_orders {

class SignedOrders {
public:
    explicit SignedOrders(const boost::json::object&) {}

    /// There is nobody to ask: the sender comes to us.
    void check(sdk::Call&) {}

    void receive(sdk::Call& call, const sdk::Message& message) {
        // The message is only looked at, so its parts lie side by side and go together.
        boost::json::monotonic_resource memory(2 * message.body.size() + 4096);
        const auto order = parse_exact(message.body, &memory);
        call.emit("order", order_record(order, message.received_at_ms));
    }
};

}  // namespace orderhub::signed_orders

ORDERHUB_CONNECTOR(orderhub::signed_orders::SignedOrders, ORDERHUB_MANIFEST);
