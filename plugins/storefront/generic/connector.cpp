// Orders of a shop of your own: what the rules of the configuration say.
#include "declared/connector.hpp"

#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

namespace orderhub::generic_storefront {

class Storefront : public declared::Connector {
public:
    explicit Storefront(const sdk::Document& config)
        : Connector(config, {"order",
                             {"order.cancel", "refund.create", "fulfilment.create",
                              "fulfilment.update", "payment.capture", "payment.reverse"}}) {}
};

}  // namespace orderhub::generic_storefront

ORDERHUB_CONNECTOR(orderhub::generic_storefront::Storefront, ORDERHUB_MANIFEST);
