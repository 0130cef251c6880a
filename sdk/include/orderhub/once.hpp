// Doing something once: look, do, look again.
#pragma once

#include <orderhub/call.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace orderhub::sdk {

namespace detail {

/// What an exception other than Stop means. Once a write was sent, nobody knows what became of it. A document that is
/// not as expected may be another one next time, if it is an answer; a message stays as it is.
inline Stop stop_for_exception(const Call& call, const char* words, bool is_document) {
    if (call.has_written()) return unknown("connector_error", words);
    if (is_document) return call.has_asked() ? retry("bad_answer", words) : rejected("bad_document", words);
    return rejected("connector_error", words);
}

}  // namespace detail

/// `body` with whatever leaves it as a value: the host must not be called from inside a catch handler, so look at what
/// went wrong here and go on behind it.
template <class Body>
std::optional<Stop> attempt(const Call& call, Body&& body) noexcept {
    try {
        body();
        return std::nullopt;
    } catch (Stop& thrown) {
        return std::move(thrown);
    } catch (const JsonError& thrown) {
        return detail::stop_for_exception(call, thrown.what(), true);
    } catch (const std::exception& thrown) {
        return detail::stop_for_exception(call, thrown.what(), false);
    } catch (...) {
        return detail::stop_for_exception(call, "the connector threw something unknown", false);
    }
}

/// The effect of `command`, exactly once. `find` asks the outside system for the command's key and returns a
/// std::optional with the result if the effect is there; `act` asks for the effect and returns the result. An attempt
/// after the first looks before it acts; one that fails after it may have changed something looks whether it took effect.
/// If that cannot be told, the outcome is UNKNOWN, and the next attempt looks.
template <class Find, class Act>
auto do_once(Call& call, const Command& command, Find&& find, Act&& act) {
    if (command.must_look_first())
        if (auto found = find()) return std::move(*found);
    decltype(find()) result;
    const std::optional<Stop> trouble = attempt(call, [&] { result = act(); });
    if (!trouble) return std::move(*result);
    if (trouble->outcome == OH_RETRY && !call.has_written()) throw Stop(*trouble);
    const std::optional<Stop> blind = attempt(call, [&] { result = find(); });
    if (!blind && result) return std::move(*result);
    throw trouble->outcome == OH_RETRY ? unknown(trouble->code, trouble->message) : Stop(*trouble);
}

}  // namespace orderhub::sdk
