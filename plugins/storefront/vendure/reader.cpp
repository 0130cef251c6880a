#include "reader.hpp"

#include <algorithm>

#include "digest.hpp"

namespace orderhub::vendure {
namespace {

std::int64_t last_sweep(KnownOrders& known, std::string_view id) {
    const KnownOrder* before = known.find(id);
    return before == nullptr ? 1 : std::max<std::int64_t>(before->sweep, 1);
}

}  // namespace

void note(const Config& config, KnownOrders& known, const json::object& order, std::int64_t sweep) {
    known.put({id_of(order, "id"), digest_of(order),
               config.is_open(text_of(order, "state")) ? sweep : 0});
}

void emit_order(sdk::Call& call, const Config& config, KnownOrders& known, const ReadOrder& read,
                std::optional<std::int64_t> sweep) {
    if (!is_placed(read.order)) return;
    const std::string id(text_of(read.order, "id"));
    json::object record;
    try {
        record = to_record(read.order, config.links, read.observed_at_ms);
    } catch (const std::exception& thrown) {
        throw sdk::rejected("unmappable_order", "order " + id + ": " + thrown.what());
    }
    if (!config.managed) record["managed"] = false;
    call.emit("order", record);
    note(config, known, read.order, sweep ? *sweep : last_sweep(known, id));
}

}  // namespace orderhub::vendure
