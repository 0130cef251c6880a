#include "config.hpp"

#include <algorithm>
#include <stdexcept>

#include "instant.hpp"

namespace orderhub::vendure {
namespace {

std::int64_t number_or(const json::object& config, std::string_view key, std::int64_t fallback) {
    return config.contains(key) ? whole(config, key) : fallback;
}

std::vector<std::string> names_or(const json::object& config, std::string_view key,
                                  std::vector<std::string> fallback) {
    if (!config.contains(key)) return fallback;
    std::vector<std::string> names;
    for (const json::value& each : list_of(config, key))
        names.emplace_back(std::string_view(each.as_string()));
    return names;
}

void require_credentials(const Config& config) {
    const bool session = !config.username.empty() && !config.password.empty();
    const bool half = config.username.empty() != config.password.empty();
    if (session == !config.api_key.empty() || half)
        throw std::invalid_argument("give either username and password, or api_key");
}

}  // namespace

bool Config::is_open(std::string_view state) const {
    return std::find(open_states.begin(), open_states.end(), state) != open_states.end();
}

Config read_config(const json::object& config) {
    Config read;
    read.base_url = required_text(config, "base_url");
    read.channel_token = text_of(config, "channel_token");
    read.username = text_of(config, "username");
    read.password = text_of(config, "password");
    read.api_key = text_of(config, "api_key");
    require_credentials(read);
    const std::string_view from = text_of(config, "poll_from");
    if (!from.empty()) read.poll_from_ms = parse_instant(from);
    read.page_size = static_cast<std::size_t>(
        number_or(config, "page_size", static_cast<std::int64_t>(read.page_size)));
    read.sweep_interval_ms = number_or(config, "sweep_interval_s", 300) * 1000;
    read.closed_sweep_interval_ms = number_or(config, "closed_sweep_interval_s", 3600) * 1000;
    read.closed_window_ms = number_or(config, "closed_window_days", 30) * 86'400'000;
    read.open_states =
        names_or(config, "open_states",
                 {"PaymentAuthorized", "PaymentSettled", "PartiallyShipped", "Shipped",
                  "PartiallyDelivered", "Modifying", "ArrangingAdditionalPayment"});
    read.closed_states = names_or(config, "closed_states", {"Delivered", "Cancelled"});
    read.links = {std::string(text_of(config, "order_url")),
                  std::string(text_of(config, "tracking_url"))};
    const auto managed = config.find("managed");
    read.managed = managed == config.end() || managed->value().as_bool();
    return read;
}

}  // namespace orderhub::vendure
