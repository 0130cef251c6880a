#include "declared/unmapped.hpp"

namespace orderhub::declared {
namespace {

constexpr std::string_view kIndex = "unmapped";
constexpr std::size_t kMost = 100;
constexpr std::size_t kMostBytes = 60'000;  // a value of the state has at most 64 KiB
constexpr std::size_t kMostReason = 300;

std::string place_of(const std::string& name) {
    return "unmapped " + name;
}

}  // namespace

Unmapped::Unmapped(sdk::Call& call) : call_(call), reasons_(Json::object()) {
    if (const std::string stored = call.state(kIndex); !stored.empty())
        reasons_ = Json::parse(stored);
}

void Unmapped::store() {
    call_.set_state(kIndex, reasons_.dump());
}

void Unmapped::keep(const std::string& name, const std::string& why, const Json& document,
                    std::int64_t observed_ms) {
    const std::string text =
        Json::object({{"document", document}, {"observed_ms", observed_ms}}).dump();
    const bool is_known = reasons_.find(name) != nullptr;
    if (text.size() > kMostBytes || (!is_known && reasons_.members().size() >= kMost))
        throw sdk::rejected("unmapped", name + ": " + why);
    call_.set_state(place_of(name), text);
    if (!is_known) call_.log(OH_LOG_ERROR, name + " is kept unmapped: " + why);
    reasons_.set(name, std::string(sdk::cut_utf8(why, kMostReason)));
    store();
}

void Unmapped::forget(const std::string& name) {
    if (!reasons_.find(name)) return;
    Json left = Json::object();
    for (const auto& [key, why] : reasons_.members())
        if (key != name) left.set(key, why);
    reasons_ = std::move(left);
    call_.set_state(place_of(name), "");
    store();
}

std::vector<std::string> Unmapped::names() const {
    std::vector<std::string> all;
    for (const auto& [name, why] : reasons_.members())
        all.push_back(name);
    return all;
}

Kept Unmapped::kept(const std::string& name) const {
    const Json stored = Json::parse(call_.state(place_of(name)));
    return {stored["document"], stored["observed_ms"].integer()};
}

}  // namespace orderhub::declared
