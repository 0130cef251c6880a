// What a poll read and no record can be made of: it must neither hold up the others nor be lost.
#pragma once

#include <orderhub/once.hpp>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace orderhub::sdk {

/// `body`, which makes a record of a document and emits it. What it throws comes out as a Stop: "unmapped" in place of an
/// exception, because the same document makes no other record the next time.
template <class Body>
void map_or_reject(Body&& body) {
    std::string why;
    try {
        return body();
    } catch (const Stop&) {
        throw;
    } catch (const std::exception& wrong) {
        why = wrong.what();
    }
    throw rejected("unmapped", why);
}

/// Kept in the instance's state by id, with the reason, which the log has as well. It is read again when the list shows
/// it once more, and when the operator has the connector loaded anew: by a start or `orderhub connectors reload`. For the
/// calls of poll; two at a time would forget each other's.
class LeftOut {
public:
    /// `noun` is what the ids are of, for the log: "order".
    LeftOut(Call& call, std::string noun) : call_(call), noun_(std::move(noun)), reasons_(Json::object()) {
        if (const std::string stored = call.state(kKey); !stored.empty()) reasons_ = Json::parse(stored);
    }

    /// `body` maps the document of this id and emits its record. If it is refused, the id is kept and this gives false; else
    /// it is kept no more. Throws Stop as body does for everything but a rejection, and as keep does.
    template <class Body>
    bool take(std::string_view id, Body&& body) {
        const auto stop = attempt(call_, [&] { map_or_reject(body); });
        if (stop && stop->outcome != OH_REJECTED) throw Stop(*stop);
        if (stop)
            keep(id, *stop);
        else
            forget(id);
        return !stop;
    }

    /// Throws Stop rejected "too_many_left_out": the poll then stands still, and the operator sees that.
    void keep(std::string_view id, const Stop& stop) {
        constexpr std::size_t kMost = 150;  // the host keeps 64 KiB under one key
        constexpr std::size_t kLongestId = 128;
        constexpr std::size_t kLongestReason = 200;
        const std::string name(cut_utf8(id, kLongestId));
        const std::string why = words_of(stop);
        call_.log(OH_LOG_ERROR, noun_ + " " + name + " left out: " + stop.message);
        if (reasons_.find(name) == nullptr && reasons_.members().size() >= kMost)
            throw rejected("too_many_left_out", std::to_string(kMost) + " " + noun_ + "s are left out already; " + noun_ +
                                                    " " + name + ": " + why);
        reasons_.set(name, std::string(cut_utf8(why, kLongestReason)));
        call_.set_state(kKey, reasons_.dump());
    }

    /// Calls `read` with each id that is kept; it takes the document again if there is one. What it is refused for is the
    /// new reason.
    template <class Read>
    void try_again(Read&& read) {
        const Json before = reasons_;
        for (const auto& [id, why] : before.members()) {
            forget(id);
            const auto stop = attempt(call_, [&] { read(id); });
            if (stop && stop->outcome != OH_REJECTED) throw Stop(*stop);
            if (stop) keep(id, *stop);
        }
    }

    /// At the end of poll and check: says what is kept, for the operator to see in the list of connectors, though the call
    /// is well. Says nothing if nothing is kept.
    void report() {
        constexpr std::size_t kShown = 5;
        const auto& all = reasons_.members();
        if (all.empty()) return;
        std::string words = std::to_string(all.size()) + " " + noun_ + (all.size() == 1 ? "" : "s") + " left out:";
        for (std::size_t i = 0; i < all.size() && i < kShown; ++i)
            words += (i == 0 ? " " : "; ") + all[i].first + ": " + all[i].second.text();
        if (all.size() > kShown) words += "; and more, see the log";
        call_.fail({OH_DONE, "left_out", words});
    }

private:
    static constexpr std::string_view kKey = "left_out";

    /// What is kept. An answer's own words may hold what is not to be: they stand in the log alone, masked.
    static const std::string& words_of(const Stop& stop) {
        const bool is_answer = stop.code.starts_with("http_") || stop.code == "server_error" || stop.code == "bad_answer";
        return is_answer ? stop.code : stop.message;
    }

    void forget(std::string_view id) {
        if (reasons_.find(id) == nullptr) return;
        Json left = Json::object();
        for (const auto& [name, why] : reasons_.members())
            if (name != id) left.set(name, why);
        reasons_ = std::move(left);
        call_.set_state(kKey, reasons_.members().empty() ? std::string() : reasons_.dump());
    }

    Call& call_;
    const std::string noun_;
    Json reasons_;  ///< by id
};

}  // namespace orderhub::sdk
