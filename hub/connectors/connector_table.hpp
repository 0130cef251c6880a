// Whether the table that a library exports is one that this hub can use.
#pragma once

#include <orderhub/connector.h>

#include <string>

namespace orderhub::connectors {

inline constexpr const char* kConnectorSymbol = "orderhub_connector";

struct TableComplaint {
    std::string code;  ///< "not_a_connector", "abi_too_new", "abi_too_old"; empty if all is well
    std::string message;
};

TableComplaint table_complaint(const oh_connector& table);

}  // namespace orderhub::connectors
