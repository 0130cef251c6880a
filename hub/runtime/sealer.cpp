#include "hub/runtime/sealer.hpp"

#include <spdlog/spdlog.h>

#include "hub/http/journal_seal.hpp"

namespace orderhub::runtime {

void Sealer::start() {
    is_started_ = true;
    scheduler_.post([this] { look(); });
}

void Sealer::stop() {
    if (!is_started_.exchange(false)) return;
    scheduler_.stop();
    seal_all();
}

void Sealer::look() {
    seal_all();
    scheduler_.at(scheduler_.now() + limits_.pause, [this] { look(); });
}

void Sealer::seal_all() {
    while (seal_some()) {
    }
}

bool Sealer::seal_some() {
    std::string hash_before;
    std::int64_t sealed = 0;
    std::vector<store::AuditEvent> events;
    const auto found = store_.read([&](store::Transaction& transaction) -> Result<void> {
        const auto last = transaction.last_seal();
        hash_before = last ? last->hash : std::string();
        sealed = last ? last->last : 0;
        store::AuditQuery query;
        query.after = sealed;
        query.limit = limits_.events;
        events = transaction.audit(query).events;
        return {};
    });
    if (!found || events.empty()) return false;
    const store::Seal seal{events.front().sequence, events.back().sequence,
                           static_cast<std::int64_t>(events.size()),
                           http::seal_hash(hash_before, events), now_ms_()};
    const auto stored = store_.write([&](store::Transaction& transaction) -> Result<void> {
        const auto last = transaction.last_seal();
        // Another hub was faster: the next look goes on after its seal.
        if ((last ? last->last : 0) == sealed) transaction.add_seal(seal);
        return {};
    });
    if (!stored) spdlog::warn("the journal could not be sealed: {}", stored.error().message);
    return stored && events.size() == limits_.events;
}

}  // namespace orderhub::runtime
