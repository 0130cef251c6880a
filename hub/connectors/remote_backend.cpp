#include "hub/connectors/remote_backend.hpp"

#include "hub/connectors/remote_call.hpp"

namespace orderhub::connectors {

oh_outcome RemoteBackend::run(oh_call& call, const CallInput& input) {
    return RemoteCall(*supervisor_, call).run(input);
}

}  // namespace orderhub::connectors
