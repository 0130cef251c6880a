#include "hub/http/journal_seal.hpp"

#include <boost/json/serialize.hpp>

#include "hub/http/access.hpp"
#include "hub/servicing/event_view.hpp"

namespace orderhub::http {

std::string seal_hash(std::string_view hash_before, std::span<const store::AuditEvent> events) {
    std::string text = std::string(hash_before) + "\n";
    for (const auto& event : events)
        text.append(event.erased.empty()
                        ? sha256_hex(boost::json::serialize(servicing::audit_view(event)))
                        : event.erased)
            .push_back('\n');
    return sha256_hex(text);
}

}  // namespace orderhub::http
