// Books of your own: what the rules of the configuration say.
#include "declared/connector.hpp"

#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

namespace orderhub::generic_finance {

class Finance : public declared::Connector {
public:
    explicit Finance(const sdk::Document& config)
        : Connector(config, {"posting", {"credit_memo.post", "invoice.post"}}) {}
};

}  // namespace orderhub::generic_finance

ORDERHUB_CONNECTOR(orderhub::generic_finance::Finance, ORDERHUB_MANIFEST);
