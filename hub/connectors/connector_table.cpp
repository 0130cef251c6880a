#include "hub/connectors/connector_table.hpp"

#include <cstddef>

namespace orderhub::connectors {
namespace {

/// The table of ABI 1.0: what every connector has.
constexpr std::size_t kSmallestTable = offsetof(oh_connector, get_extension);

}  // namespace

TableComplaint table_complaint(const oh_connector& table) {
    if (table.magic != OH_MAGIC)
        return {"not_a_connector", "its orderhub_connector has the wrong magic number"};
    const std::string version =
        std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor);
    const std::string ours = std::to_string(OH_ABI_MAJOR) + "." + std::to_string(OH_ABI_MINOR);
    if (table.abi_major > OH_ABI_MAJOR)
        return {"abi_too_new", "it needs ABI " + version + ", this hub has " + ours};
    if (table.abi_major < OH_ABI_MAJOR)
        return {"abi_too_old", "it was built for ABI " + version + ", this hub has " + ours};
    if (table.size < kSmallestTable)
        return {"not_a_connector", "its orderhub_connector has " + std::to_string(table.size) +
                                       " bytes, at least " + std::to_string(kSmallestTable) +
                                       " are needed"};
    if (!table.describe) return {"not_a_connector", "it lacks describe"};
    if (!table.create || !table.check || !table.destroy)
        return {"not_a_connector", "it lacks create, check or destroy"};
    return {};
}

}  // namespace orderhub::connectors
