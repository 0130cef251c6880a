#include "hub/runtime/webhook_sender.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <ctime>
#include <map>
#include <thread>

#include "hub/connectors/http_client.hpp"
#include "hub/connectors/public_address.hpp"
#include "hub/runtime/granted_hosts.hpp"

namespace orderhub::runtime {

namespace {

namespace asio = boost::asio;
using routing::PostResult;
using Outcome = PostResult::Outcome;

PostResult refused(std::string message) {
    return {Outcome::refused, 0, std::move(message)};
}

bool is_granted_private(const WebhookSenderSettings& settings, const connectors::Target& target) {
    const auto host = target.host.contains(':') ? "[" + target.host + "]" : target.host;
    return is_granted(settings.private_hosts, host + ":" + std::to_string(target.port));
}

PostResult to_result(const connectors::WireAnswer& answer) {
    switch (answer.outcome) {
        case OH_HTTP_ANSWERED:
            break;
        case OH_HTTP_STOPPING:
            return {Outcome::stopped, 0, answer.body};
        case OH_HTTP_NO_ANSWER:
            return {Outcome::no_answer, 0, answer.body};
        default:
            return {Outcome::not_sent, 0, answer.body};
    }
    PostResult result{Outcome::answered, answer.status,
                      "the subscriber answered " + std::to_string(answer.status)};
    const auto header = std::ranges::find(answer.headers, "retry-after", &connectors::Header::name);
    if (header != answer.headers.end()) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        result.retry_after = retry_after(
            header->value, std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    }
    return result;
}

}  // namespace

std::optional<std::chrono::milliseconds> retry_after(std::string_view header,
                                                     routing::Instant now) {
    constexpr std::int64_t kLongest = 365LL * 24 * 3600;
    std::int64_t seconds = 0;
    const auto* end = header.data() + header.size();
    const auto [rest, error] = std::from_chars(header.data(), end, seconds);
    if (error == std::errc{} && rest == end && seconds >= 0)
        return std::chrono::seconds(std::min(seconds, kLongest));
    std::tm parts{};
    const std::string text(header);
    const char* read = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (read == nullptr || *read != '\0') return std::nullopt;
    const std::int64_t wait = std::int64_t{::timegm(&parts)} * 1000 - now;
    return std::chrono::milliseconds(std::clamp<std::int64_t>(wait, 0, kLongest * 1000));
}

/// All but the constructor and the destructor on its thread.
struct WebhookSender::Engine {
    explicit Engine(const std::string& ca_file) : http(io, ca_file) {}
    ~Engine() {
        asio::post(io, [this] {
            end_all();
            http.close_idle();
            work.reset();
        });
        thread.join();
    }

    void send(connectors::WireRequest request, routing::PostSender::Done done) {
        if (is_stopping) return done({Outcome::stopped, 0, "the hub is stopping"});
        const auto number = ++last;
        // An exchange ends later at the earliest, so its entry is there by then.
        running[number] =
            http.send(std::move(request),
                      [this, number, done = std::move(done)](const connectors::WireAnswer& answer) {
                          running.erase(number);
                          auto result = to_result(answer);
                          // Cut short by the hub: whether it arrived is not known, and nobody's
                          // fault.
                          if (is_stopping && result.outcome == Outcome::no_answer)
                              result.outcome = Outcome::stopped;
                          done(std::move(result));
                      });
    }

    void end_all() {
        is_stopping = true;
        const auto all = running;
        for (const auto& [number, interrupt] : all)
            interrupt();
    }

    asio::io_context io{1};
    connectors::HttpClient http;
    bool is_stopping = false;
    std::uint64_t last = 0;
    std::map<std::uint64_t, connectors::HttpClient::Interrupt> running;
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    std::thread thread{[this] { io.run(); }};
};

WebhookSender::WebhookSender(WebhookSenderSettings settings)
    : settings_(std::move(settings)), engine_(std::make_unique<Engine>(settings_.ca_file)) {}

WebhookSender::~WebhookSender() = default;

Result<void> WebhookSender::check(const std::string& url) const {
    const auto target = connectors::parse_url(url);
    if (!target) return std::unexpected(target.error());
    if (is_granted_private(settings_, *target)) return {};
    boost::system::error_code is_name;
    const auto address = asio::ip::make_address(target->host, is_name);
    if (!is_name && !connectors::is_public(address))
        return fail(ErrorKind::Invalid, "address_refused",
                    "the address is not in the public internet, and events.private_hosts of the "
                    "configuration does not name it");
    if (!target->tls)
        return fail(ErrorKind::Invalid, "address_refused",
                    "the address must begin with https://, or events.private_hosts of the "
                    "configuration must name its host");
    return {};
}

void WebhookSender::send(routing::Post post, Done done) {
    if (const auto allowed = check(post.url); !allowed)
        return done(refused(allowed.error().message));
    connectors::WireRequest request;
    request.owner = post.subscription_id;
    request.target = *connectors::parse_url(post.url);
    request.only_public = !is_granted_private(settings_, request.target);
    request.method = "POST";
    request.headers.push_back({"User-Agent", "OrderHub"});
    for (auto& [name, value] : post.headers)
        request.headers.push_back({name, std::move(value)});
    request.body = std::move(post.body);
    request.deadline = std::chrono::steady_clock::now() + settings_.deadline;
    request.max_response_bytes = settings_.max_answer_bytes;
    asio::post(engine_->io, [engine = engine_.get(), request = std::move(request),
                             done = std::move(done)]() mutable {
        engine->send(std::move(request), std::move(done));
    });
}

void WebhookSender::stop() {
    asio::post(engine_->io, [engine = engine_.get()] { engine->end_all(); });
}

}  // namespace orderhub::runtime
