// Where secrets lie: what a sealed text is bound to. Never changed, or what is sealed cannot be
// opened.
#pragma once

#include <string>
#include <string_view>

namespace orderhub::store {

inline std::string state_place(std::string_view connector, std::string_view key) {
    return "connector_state/" + std::string(connector) + "/" + std::string(key);
}

inline std::string subscription_place(std::string_view id, std::string_view column) {
    return "subscriptions/" + std::string(id) + "/" + std::string(column);
}

}  // namespace orderhub::store
