// Doing something once in a system that has no idempotency key: look, do, look again.
#pragma once

#include <functional>

#include "reader.hpp"

namespace orderhub::vendure {

/// `work` with its failure as a value: the host must not be called from inside a handler. An answer
/// that makes no sense tells nothing about what the shop has done.
template <class Work>
std::optional<sdk::Stop> attempt(Work&& work) {
    try {
        work();
    } catch (sdk::Stop& stop) {
        return std::move(stop);
    } catch (const std::exception& thrown) {
        return sdk::unknown("bad_answer", thrown.what());
    }
    return std::nullopt;
}

/// One effect on one order.
struct Effect {
    std::string order_id;
    /// The effect as the order shows it, as the command's result; nothing if it is not there.
    std::function<std::optional<json::object>(const json::object& order)> find;
    /// Refuses (throws sdk::Stop) what is wrong with the command, given the order as it is. Nothing
    /// was sent yet.
    std::function<void(const json::object& order)> check;
    /// Asks for the effect and returns the result; throws sdk::Stop, an ErrorResult as rejected.
    std::function<json::object()> perform;
};

/// Sets the result and emits the order. Throws sdk::Stop: rejected and retry only when the effect
/// is surely absent.
void perform_once(sdk::Call& call, const Config& config, Client& client, const Effect& effect);

}  // namespace orderhub::vendure
