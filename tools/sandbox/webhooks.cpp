#include "webhooks.hpp"

#include <algorithm>

#include "http_types.hpp"
#include "shopify.hpp"
#include "shopper.hpp"
#include "text.hpp"

namespace orderhub::sandbox {
namespace {

constexpr std::int64_t kFirstRetryMs = 100;
constexpr std::int64_t kShuffleMs = 150;
constexpr std::size_t kMaxLog = 5000;
constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/// The key behind "whsec_<base64>"; a secret in another form is used as it is.
std::string signing_key(const std::string& secret) {
    return secret.starts_with("whsec_") ? base64_decode(std::string_view(secret).substr(6))
                                        : secret;
}

httplib::Headers standard_headers(const std::string& secret, const std::string& id,
                                  const std::string& body) {
    const std::string at = std::to_string(now_us() / 1'000'000);
    const std::string mac = hmac_sha256(signing_key(secret), id + "." + at + "." + body);
    return {{"webhook-id", id},
            {"webhook-timestamp", at},
            {"webhook-signature", "v1," + base64_encode(mac)}};
}

httplib::Headers rt_headers(const std::string& secret, const std::string& body) {
    return {{"X-RT-Signature", "sha256=" + to_hex(hmac_sha256(secret, body))},
            {"User-Agent", "libwww-perl/6.68"}};
}

/// What the trigger of plugins/servicedesk/service_cloud/apex sends.
httplib::Headers apex_headers(const std::string& secret, const std::string& body) {
    return {{"X-OrderHub-Signature", "sha256=" + to_hex(hmac_sha256(secret, body))}};
}

/// The body of a resource, as the REST API shows it.
httplib::Headers woo_headers(const std::string& secret, const std::string& body) {
    return {{"X-WC-Webhook-Topic", "order.updated"},
            {"X-WC-Webhook-Resource", "order"},
            {"X-WC-Webhook-Signature", base64_encode(hmac_sha256(secret, body))}};
}

/// The second signature is that of a secret which was rolled; the key is the secret's whole text.
httplib::Headers stripe_headers(const std::string& secret, const std::string& body) {
    const std::string at = std::to_string(now_us() / 1'000'000);
    const std::string signed_text = at + "." + body;
    return {{"Stripe-Signature", "t=" + at +
                                     ",v1=" + to_hex(hmac_sha256("whsec_rolled", signed_text)) +
                                     ",v1=" + to_hex(hmac_sha256(secret, signed_text))}};
}

/// Zendesk signs the text of the instant and the body behind it, with the secret as it is written.
httplib::Headers zendesk_headers(const std::string& secret, const std::string& id,
                                 const std::string& body) {
    const std::string at = iso_seconds(now_us());
    return {{"X-Zendesk-Webhook-Signature", base64_encode(hmac_sha256(secret, at + body))},
            {"X-Zendesk-Webhook-Signature-Timestamp", at},
            {"X-Zendesk-Webhook-Id", "01J00000000000000000000000"},
            {"X-Zendesk-Webhook-Invocation-Id", id},
            {"X-Zendesk-Account-Id", "88888888"},
            {"User-Agent", "Zendesk Webhook"}};
}

/// An order's body names it by its gid, that of one of its parts by a number. All of one action
/// share the event id; here all there are.
httplib::Headers shopify_headers(const std::string& secret, const std::string& id,
                                 const std::string& body) {
    const bool is_order = body.contains("admin_graphql_api_id");
    return {{"X-Shopify-Topic", is_order ? "orders/updated" : "refunds/create"},
            {"X-Shopify-Hmac-Sha256", base64_encode(hmac_sha256(secret, body))},
            {"X-Shopify-Shop-Domain", std::string(shopify::kDomain)},
            {"X-Shopify-API-Version", "2026-10"},
            {"X-Shopify-Webhook-Id", id},
            {"X-Shopify-Event-Id", "one-for-all-topics"},
            {"X-Shopify-Triggered-At", iso_milliseconds(now_us())}};
}

httplib::Headers headers_of(const std::string& system, const std::string& secret,
                            const std::string& id, const std::string& body) {
    if (system == "rt") return rt_headers(secret, body);
    if (system == "salesforce") return apex_headers(secret, body);
    if (system == "woocommerce") return woo_headers(secret, body);
    if (system == "stripe") return stripe_headers(secret, body);
    if (system == "zendesk") return zendesk_headers(secret, id, body);
    if (system == "shopify") return shopify_headers(secret, id, body);
    return standard_headers(secret, id, body);
}

/// Zendesk gives up at other refusals at once.
bool may_retry(const std::string& system, int status) {
    return system != "zendesk" || status == 0 || status == 409 || status == 429 || status == 503;
}

}  // namespace

Webhooks::Webhooks(Stopper& stopper) : stopper_(stopper) {
    for (Lane* lane : lanes_)
        lane->thread = std::thread([this, lane] { run(*lane); });
}

Webhooks::~Webhooks() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    for (Lane* lane : lanes_)
        lane->thread.join();
}

void Webhooks::configure(const json::object& targets) {
    const std::lock_guard lock(mutex_);
    for (Lane* lane : lanes_) {
        if (!targets.contains(lane->system)) continue;
        const auto& from = object_of(targets, lane->system);
        const int generation = lane->target.generation + 1;
        if (from.contains("url") || from.empty()) lane->target = {};
        lane->target.generation = generation;
        lane->bodies.clear();
        lane->target.url = text_of(from, "url", lane->target.url);
        lane->target.secret = text_of(from, "secret", lane->target.secret);
        lane->target.mode = text_of(from, "mode", lane->target.mode);
    }
}

void Webhooks::send(const std::vector<Notice>& notices) {
    {
        const std::lock_guard lock(mutex_);
        for (const Notice& notice : notices) {
            Lane& lane = **std::ranges::find(lanes_, notice.system, &Lane::system);
            if (lane.target.url.empty() || lane.target.mode == "none") continue;
            lane.bodies.push_back(notice.body);
        }
    }
    changed_.notify_all();
}

void Webhooks::run(Lane& lane) {
    for (;;) {
        std::unique_lock lock(mutex_);
        lane.busy = false;
        changed_.wait(lock, [&] { return stopped_ || !lane.bodies.empty(); });
        if (stopped_) return;
        lane.busy = true;
        const Target target = lane.target;
        const bool shuffle = target.mode == "disorder";
        if (shuffle) {
            lock.unlock();
            if (!stopper_.wait_ms(kShuffleMs)) return;
            lock.lock();
        }
        std::deque<std::string> bodies = std::move(lane.bodies);
        lane.bodies.clear();
        lock.unlock();
        if (shuffle) std::reverse(bodies.begin(), bodies.end());
        for (const auto& body : bodies) {
            if (current(lane, target)) deliver(lane, target, body);
        }
    }
}

void Webhooks::deliver(const Lane& lane, const Target& target, const std::string& body) {
    const std::string id = "msg_" + random_text(20, kAlphabet);
    const int copies = target.mode == "duplicates" ? 2 : 1;
    for (int copy = 0; copy < copies; ++copy) {
        std::int64_t pause = kFirstRetryMs;
        for (int attempt = 1; attempt <= lane.attempts; ++attempt, pause *= 2) {
            const int status = post(lane, target, id, body);
            log(lane, id, attempt, status);
            if ((status >= 200 && status < 300) || !may_retry(lane.system, status)) break;
            if (attempt < lane.attempts && !stopper_.wait_ms(pause)) return;
            if (!current(lane, target)) return;
        }
    }
}

bool Webhooks::current(const Lane& lane, const Target& target) const {
    const std::lock_guard lock(mutex_);
    return lane.target.generation == target.generation;
}

int Webhooks::post(const Lane& lane, const Target& target, const std::string& id,
                   const std::string& body) const {
    const auto host = target.url.find("://");
    const auto path = target.url.find('/', host == std::string::npos ? 0 : host + 3);
    httplib::Client client(target.url.substr(0, path));
    client.set_connection_timeout(2);
    client.set_read_timeout(lane.system == "rt" ? 2 : 10);
    const auto headers = headers_of(lane.system, target.secret, id, body);
    const auto result = client.Post(path == std::string::npos ? "/" : target.url.substr(path),
                                    headers, body, "application/json");
    return result ? result->status : 0;
}

void Webhooks::log(const Lane& lane, const std::string& id, int attempt, int status) {
    const std::lock_guard lock(mutex_);
    if (sent_.size() >= kMaxLog) sent_.erase(sent_.begin());
    sent_.push_back(json::object{
        {"system", lane.system}, {"id", id}, {"attempt", attempt}, {"status", status}});
}

json::value Webhooks::report() const {
    const std::lock_guard lock(mutex_);
    json::object out;
    for (const Lane* lane : lanes_) {
        const std::size_t waiting = lane->bodies.size() + (lane->busy ? 1 : 0);
        out[lane->system] = json::object{
            {"url", lane->target.url}, {"mode", lane->target.mode}, {"pending", waiting}};
    }
    out["sent"] = sent_;
    return out;
}

}  // namespace orderhub::sandbox
