#include "hub/runtime/provider_client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <map>
#include <thread>

#include "hub/connectors/http_client.hpp"

namespace orderhub::runtime {

namespace {

namespace asio = boost::asio;
using Answered = Result<identity::WebAnswer>;

Answered unavailable(const std::string& words) {
    return fail(ErrorKind::Unavailable, "provider_unavailable",
                "the provider could not be asked: " + words);
}

Answered to_result(connectors::WireAnswer answer) {
    if (answer.outcome != OH_HTTP_ANSWERED) return unavailable(answer.body);
    return identity::WebAnswer{answer.status, std::move(answer.body)};
}

}  // namespace

/// All but the constructor and the destructor on its thread.
struct ProviderClient::Engine {
    explicit Engine(const std::string& ca_file) : http(io, ca_file) {}
    ~Engine() {
        asio::post(io, [this] {
            end_all();
            http.close_idle();
            work.reset();
        });
        thread.join();
    }

    void send(connectors::WireRequest request, std::shared_ptr<std::promise<Answered>> promise) {
        if (is_stopping) return promise->set_value(unavailable("the hub is stopping"));
        const auto number = ++last;
        running[number] =
            http.send(std::move(request), [this, number, promise](connectors::WireAnswer answer) {
                running.erase(number);
                promise->set_value(to_result(std::move(answer)));
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

ProviderClient::ProviderClient(ProviderClientSettings settings)
    : settings_(std::move(settings)), engine_(std::make_unique<Engine>(settings_.ca_file)) {}

ProviderClient::~ProviderClient() = default;

Answered ProviderClient::fetch(const identity::WebRequest& request) {
    auto target = connectors::parse_url(request.url);
    if (!target) return unavailable(target.error().message);
    connectors::WireRequest wire;
    wire.owner = "sign-in";
    wire.target = std::move(*target);
    wire.method = request.method;
    wire.headers.push_back({"User-Agent", "OrderHub"});
    for (const auto& [name, value] : request.headers)
        wire.headers.push_back({name, value});
    wire.body = request.body;
    wire.deadline = std::chrono::steady_clock::now() + settings_.deadline;
    wire.max_response_bytes = settings_.max_answer_bytes;
    auto promise = std::make_shared<std::promise<Answered>>();
    auto answered = promise->get_future();
    asio::post(engine_->io, [engine = engine_.get(), wire = std::move(wire), promise]() mutable {
        engine->send(std::move(wire), promise);
    });
    return answered.get();
}

void ProviderClient::stop() {
    asio::post(engine_->io, [engine = engine_.get()] { engine->end_all(); });
}

}  // namespace orderhub::runtime
