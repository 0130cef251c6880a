#include "client.hpp"

#include "lines.hpp"

namespace orderhub::woocommerce {
namespace {

constexpr std::size_t kLongestWords = 300;
constexpr std::int64_t kSecondMs = 1000;
constexpr std::size_t kLongestPage = 100;
constexpr std::size_t kMostPages = 100;

/// The body of an answer; some editors leave a byte order mark before it.
Json parsed(const sdk::HttpResponse& response) {
    std::string_view text = response.body;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return Json::parse(text);
}

struct Refusal {
    std::string code;
    std::string words;
};

Refusal refusal_of(const sdk::HttpResponse& response) {
    try {
        const Json body = parsed(response);
        return {body["code"].is_text() ? body["code"].text() : std::string(),
                std::string(sdk::cut_utf8(
                    body["message"].is_text() ? body["message"].text() : std::string(),
                    kLongestWords))};
    } catch (const sdk::JsonError&) {
        return {};
    }
}

/// The plugin refuses refunds with status 500, whatever it means.
bool is_final(const std::string& code) {
    return code == "woocommerce_rest_cannot_create_order_refund" ||
           code == "woocommerce_rest_invalid_order_refund" ||
           code == "woocommerce_rest_invalid_order_id";
}

sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect) {
    const Refusal refusal = refusal_of(response);
    if (is_final(refusal.code)) return sdk::rejected(refusal.code, refusal.words);
    return sdk::stop_for_status(response, effect, refusal.words);
}

/// Throws Stop for anything but a 2xx with JSON. PHP's notices before it are no JSON.
Json document(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (!response.ok()) throw stop_for(response, effect);
    std::string why;
    try {
        return parsed(response);
    } catch (const sdk::JsonError& wrong) {
        why = std::string("the site's answer is no JSON: ") + wrong.what();
    }
    throw effect == sdk::Effect::read ? sdk::retry("bad_answer", why)
                                      : sdk::unknown("bad_answer", why);
}

/// The shop knows whole seconds, and no zone.
std::string utc_seconds(std::int64_t ms) {
    return sdk::to_rfc3339(ms).substr(0, std::string_view("2026-11-23T10:00:00").size());
}

}  // namespace

std::string Client::url(std::string_view id, std::string_view what) const {
    std::string all = settings_.api_url + "/orders";
    if (!id.empty()) all += "/" + sdk::url_encode(id);
    return all + std::string(what);
}

sdk::HttpResponse Client::send(sdk::HttpRequest request) {
    request.headers.emplace_back("Authorization", sdk::basic("consumer_key", "consumer_secret"));
    request.headers.emplace_back("Accept", "application/json");
    return call_.http(request);
}

Json Client::write(std::string_view method, std::string url, const Json& body) {
    sdk::HttpRequest request;
    request.method = method;
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body.dump();
    request.effect = sdk::Effect::write;
    return document(send(std::move(request)), sdk::Effect::write);
}

OrderPage Client::changed(std::int64_t from_ms, std::int64_t page, std::int64_t limit) {
    OrderPage found{{}, true, call_.now()};
    // modified_after means later than
    found.orders =
        document(send({.url = sdk::with_query(url("", ""),
                                              {{"modified_after", utc_seconds(from_ms - kSecondMs)},
                                               {"dates_are_gmt", "true"},
                                               {"orderby", "modified"},
                                               {"order", "asc"},
                                               {"page", std::to_string(page)},
                                               {"per_page", std::to_string(limit)}})}),
                 sdk::Effect::read)
            .items();
    found.is_last = static_cast<std::int64_t>(found.orders.size()) < limit;
    return found;
}

std::optional<Shown> Client::order(std::string_view id) {
    Shown shown{{}, {}, call_.now()};
    const sdk::HttpResponse response = send({.url = url(id, "")});
    if (response.status == 404 && refusal_of(response).code.starts_with("woocommerce_"))
        return std::nullopt;
    shown.order = document(response, sdk::Effect::read);
    if (!list_at(shown.order, "refunds").empty()) shown.refunds = refunds(id);
    return shown;
}

std::vector<Json> Client::read_list(std::string url) {
    return document(send({.url = std::move(url)}), sdk::Effect::read).items();
}

std::vector<Json> Client::refunds(std::string_view id) {
    std::vector<Json> all;
    for (std::size_t page = 1; page <= kMostPages; ++page) {
        const auto rows = read_list(sdk::with_query(
            url(id, "/refunds"),
            {{"page", std::to_string(page)}, {"per_page", std::to_string(kLongestPage)}}));
        all.insert(all.end(), rows.begin(), rows.end());
        if (rows.size() < kLongestPage) break;
    }
    return all;
}

Json Client::change_order(std::string_view id, const Json& body) {
    return write("PUT", url(id, ""), body);
}

Json Client::refund(std::string_view id, const Json& body) {
    return write("POST", url(id, "/refunds"), body);
}

std::vector<Json> Client::notes(std::string_view id) {
    return read_list(sdk::with_query(url(id, "/notes"), {{"type", "internal"}}));
}

Json Client::add_note(std::string_view id, std::string_view text) {
    return write("POST", url(id, "/notes"),
                 Json::object({{"note", text}, {"customer_note", false}}));
}

int Client::trial_of_writing() {
    return send({.method = "PUT",
                 .url = url("0", ""),
                 .headers = {{"Content-Type", "application/json"}},
                 .body = "{}"})
        .status;
}

}  // namespace orderhub::woocommerce
