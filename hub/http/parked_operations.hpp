// Parked work as the API asks for it, bound to routing.
#pragma once

#include "hub/http/operations.hpp"
#include "hub/routing/parked_desk.hpp"

namespace orderhub::http {

/// The desk must outlive the operations.
void bind_parked_work(Operations& operations, routing::ParkedDesk& desk);

}  // namespace orderhub::http
