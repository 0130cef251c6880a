// The functions lent to connectors, as the table of connector.h.
#pragma once

#include <orderhub/connector.h>

#include "hub/connectors/call.hpp"

namespace orderhub::connectors {

/// One for all instances; lives as long as the process.
const oh_host& host_table();

/// Names the instance whose create or destroy runs on this thread, for lines that it logs without a
/// call.
class OutsideCall {
public:
    explicit OutsideCall(const InstanceContext& context);
    ~OutsideCall();
    OutsideCall(const OutsideCall&) = delete;
    OutsideCall& operator=(const OutsideCall&) = delete;
};

}  // namespace orderhub::connectors
