#include "once.hpp"

namespace orderhub::vendure {
namespace {

void hand_over(sdk::Call& call, const Config& config, const ReadOrder& read) {
    KnownOrders known(call);
    emit_order(call, config, known, read);
    known.save();
}

/// The command's outcome stands even if the order cannot be handed over now.
void hand_over_or_log(sdk::Call& call, const Config& config, const std::optional<ReadOrder>& read) {
    std::optional<sdk::Stop> trouble;
    if (read) trouble = attempt([&] { hand_over(call, config, *read); });
    if (!read || trouble)
        call.log(OH_LOG_WARN, "the order could not be handed over after the command" +
                                  (trouble ? ": " + trouble->message : std::string()));
}

/// Whether the request may have reached the shop's logic. A retry outcome says that nothing
/// happened.
bool worth_a_look(const sdk::Stop& trouble) {
    return trouble.outcome != OH_RETRY;
}

/// What to say when the effect was not found after a failed request.
sdk::Stop not_found(sdk::Stop trouble) {
    if (trouble.outcome == OH_UNKNOWN && trouble.code == "lock_conflict")
        trouble.outcome = OH_RETRY;
    return trouble;
}

}  // namespace

void perform_once(sdk::Call& call, const Config& config, Client& client, const Effect& effect) {
    const std::optional<ReadOrder> before = client.read_order(call, effect.order_id);
    if (!before)
        throw sdk::rejected("order_not_found", "the shop knows no such order in this channel");
    if (const auto done = effect.find(before->order)) {
        call.set_result(*done);
        hand_over_or_log(call, config, before);
        return;
    }
    effect.check(before->order);

    json::object result;
    const auto trouble = attempt([&] { result = effect.perform(); });
    if (trouble && !worth_a_look(*trouble)) throw *trouble;
    std::optional<ReadOrder> after;
    std::optional<json::object> found;
    const auto blind = attempt([&] {
        after = client.read_order(call, effect.order_id);
        if (after) found = effect.find(after->order);
    });
    if (trouble && !found)
        throw after && !blind ? not_found(*trouble) : sdk::unknown(trouble->code, trouble->message);
    if (after && !blind && !found)
        throw sdk::unknown("effect_missing", "the shop agreed, but the order does not show it");
    call.set_result(found ? *found : result);
    hand_over_or_log(call, config, after);
}

}  // namespace orderhub::vendure
