// Routing as the API sees it. Internal to hub/runtime.
#pragma once

#include "hub/http/operations.hpp"
#include "hub/routing/router.hpp"
#include "hub/runtime/reconciler.hpp"
#include "hub/runtime/replayer.hpp"

namespace orderhub::runtime {

/// The router must outlive the result.
http::Operations bind_operations(routing::Router& router);
/// Adds what reconciles; the reconciler must outlive the operations.
void bind_reconciler(http::Operations& operations, Reconciler& reconciler);
/// The same for what replays.
void bind_replayer(http::Operations& operations, Replayer& replayer);

}  // namespace orderhub::runtime
