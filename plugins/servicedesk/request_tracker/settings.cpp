#include "settings.hpp"

#include <algorithm>
#include <stdexcept>

namespace orderhub::request_tracker {
namespace {

std::string text_or(const json::object& from, std::string_view key, std::string_view otherwise) {
    const json::value* found = from.if_contains(key);
    return std::string(found && found->is_string() ? std::string_view(found->get_string())
                                                   : otherwise);
}

std::size_t count_or(const json::object& from, std::string_view key, std::size_t otherwise) {
    const json::value* found = from.if_contains(key);
    return found ? found->to_number<std::size_t>() : otherwise;
}

std::string without_slash(std::string text) {
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

std::string default_web_url(std::string_view base_url) {
    constexpr std::string_view kRest = "/REST/2.0";
    if (base_url.ends_with(kRest)) base_url.remove_suffix(kRest.size());
    return std::string(base_url);
}

FieldNames to_field_names(const json::object& from) {
    return {text_or(from, "order_number", "Order Number"),
            text_or(from, "order_summary", "Order Summary"),
            text_or(from, "order_summary_url", "Order Summary URL"),
            text_or(from, "order_total", "Order Total"),
            text_or(from, "external_id", "External Id")};
}

}  // namespace

bool Settings::serves_queue(std::string_view name) const {
    return std::ranges::find(queues, name) != queues.end();
}

Settings to_settings(const json::object& config) {
    Settings settings;
    settings.base_url = without_slash(text_or(config, "base_url", ""));
    settings.web_url =
        without_slash(text_or(config, "web_url", default_web_url(settings.base_url)));
    settings.token = text_or(config, "token", "");
    settings.hub_user = text_or(config, "hub_user", "");
    for (const json::value& queue : config.at("queues").as_array())
        settings.queues.emplace_back(queue.as_string());
    const json::value* fields = config.if_contains("fields");
    settings.fields = to_field_names(fields ? fields->as_object() : json::object{});
    settings.poll_from = text_or(config, "poll_from", "");
    settings.max_messages = count_or(config, "max_messages", 50);
    settings.max_message_bytes = count_or(config, "max_message_bytes", 16384);
    if (settings.token.empty()) throw std::invalid_argument("token: missing");
    if (settings.queues.empty()) throw std::invalid_argument("queues: name at least one queue");
    return settings;
}

}  // namespace orderhub::request_tracker
