// Cases of a desk of your own: what the rules of the configuration say.
#include "declared/connector.hpp"

#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

namespace orderhub::generic_servicedesk {

class ServiceDesk : public declared::Connector {
public:
    explicit ServiceDesk(const sdk::Document& config)
        : Connector(config, {"case", {"case.link", "case.note"}}) {}
};

}  // namespace orderhub::generic_servicedesk

ORDERHUB_CONNECTOR(orderhub::generic_servicedesk::ServiceDesk, ORDERHUB_MANIFEST);
