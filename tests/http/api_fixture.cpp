#include "api_fixture.hpp"

#include <httplib.h>
#include <unistd.h>

#include <algorithm>

#include "hub/http/instant.hpp"
#include "hub/http/parked_operations.hpp"
#include "hub/http/tokens.hpp"
#include "hub/store/uuid7.hpp"

namespace orderhub::http {

namespace {

json::object triple(const char* ex, const char* tax, const char* inc) {
    return {{"ex", ex}, {"tax", tax}, {"inc", inc}};
}

servicing::MakeId make_id(std::atomic<std::int64_t>& now) {
    return
        [&now](std::string_view prefix) { return std::string(prefix) + "_" + store::uuid7(++now); };
}

}  // namespace

FakeInstance::FakeInstance(std::string name, std::string kind) : name_(std::move(name)) {
    manifest_.name = "fake";
    manifest_.version = "1.0.0";
    manifest_.kind = std::move(kind);
    manifest_.summary = "A stand-in";
    manifest_.stability = "example";
    manifest_.records = {"order"};
    manifest_.commands = {"refund.create", "order.cancel", "credit_memo.post"};
    manifest_.webhook.emplace();
    manifest_.webhook->header = "X-Test-Signature";
}

Result<std::string> FakeInstance::verify(const std::vector<connectors::Header>& headers,
                                         const std::string& body, std::int64_t) const {
    const auto signature =
        std::ranges::find(headers, "x-test-signature", &connectors::Header::name);
    if (signature == headers.end() || signature->value == "bad")
        return fail(ErrorKind::Denied, "bad_signature", "The signature is not right.");
    if (signature->value != "good")
        return fail(ErrorKind::Denied, signature->value, "The message is not taken.");
    return "id-" + body;
}

json::object order_record() {
    const json::object line{
        {"external_id", "l-1"},
        {"kind", "product"},
        {"sku", "MUG:blue"},
        {"name", "Mug"},
        {"quantity", 3},
        {"unit_price", triple("10.00", "2.00", "12.00")},
        {"list", triple("30.00", "6.00", "36.00")},
        {"total", triple("30.00", "6.00", "36.00")},
        {"taxes", json::array{json::object{{"label", "VAT"}, {"rate", "20"}, {"amount", "6.00"}}}}};
    return {{"source", {{"external_id", "77"}, {"observed_at", "2026-11-22T10:00:00Z"}}},
            {"number", "T-1"},
            {"currency", "EUR"},
            {"tax_locale", "gross"},
            {"state", "open"},
            {"placed_at", "2026-11-21T10:00:00Z"},
            {"customer", {{"name", "Ann"}, {"email", "ann@example.com"}}},
            {"lines", json::array{line}},
            {"totals", triple("30.00", "6.00", "36.00")},
            {"payments", json::array{json::object{{"external_id", "p-1"},
                                                  {"method", "card"},
                                                  {"state", "captured"},
                                                  {"amount", "36.00"}}}},
            {"fulfilments",
             json::array{json::object{
                 {"external_id", "f-1"},
                 {"state", "shipped"},
                 {"lines", json::array{json::object{{"line", "l-1"}, {"quantity", 3}}}}}}}};
}

void ApiTest::SetUp() {
    char name[] = "/tmp/orderhub-http-XXXXXX";
    folder_ = mkdtemp(name);
    store_ = store::open_sqlite({(folder_ / "hub.db").string(), 2});
    const servicing::Settings settings{
        .public_url = "http://hub.test",
        .credit_memo_prefix = "CM-",
        .invoice_prefix = "IN-",
        .return_prefix = "RMA-",
        .policy = {},
        .gift_limits = {{"agent", {.goodwill = 1'000, .appeasement = 2'500}}},
        .make_id = make_id(now_),
        .route = [](std::string_view kind) { return kind == "order.forward" ? "" : "shop"; },
        .can_execute = [](std::string_view, std::string_view) { return true; }};
    service_ = std::make_unique<servicing::Service>(settings);
    flows_ = std::make_unique<flows::Engine>(settings, library_);
    ASSERT_TRUE(load_flows({}));
    units_ = std::make_unique<store::RoutingUnits>(
        *store_, store::RoutingCallbacks{[](auto&&...) { return Result<void>(); },
                                         [](auto&&...) { return Result<void>(); }, make_id(now_)});
    desk_ = std::make_unique<routing::ParkedDesk>(*units_, [this] { return ++now_; });
    Parts parts{*store_, *service_, host_, operations(), make_id(now_), {}, {}, {}, {}, {}};
    parts.now_ms = [this] { return ++now_; };
    parts.panel = panel_;
    parts.readiness = [] {
        return Readiness{true,
                         {{"status", "ready"},
                          {"store", {{"writable", true}}},
                          {"connectors", {{"configured", 1}, {"loaded", 1}}}}};
    };
    parts.metrics = [] { return std::string("up 1\n"); };
    parts.log_error = [this](std::string_view text) { logged_.emplace_back(text); };
    parts.observe = [](auto, auto, auto, auto) {};
    parts.configuration = [] { return json::object{{"listen", "127.0.0.1:0"}}; };
    parts.threads = 2;
    parts.flows = flows_.get();
    provider_ = std::make_unique<identity::Provider>(
        identity::Settings{.issuer = "https://login.example",
                           .client_id = "hub",
                           .client_secret = "a secret of the client",
                           .name = "Example",
                           .redirect_uri = "https://hub.example/api/v1/session/oidc/callback",
                           .role_claim = "groups",
                           .roles = {{"bosses", "admin"}, {"desk", "agent"}},
                           .default_role = {},
                           .limit_claim = "groups",
                           .limits = provider_limits_},
        [this](const identity::WebRequest& request) { return ask_provider_(request); },
        [this] { return now_.load(); });
    parts.provider = provider_.get();
    parts.rates = rates_;
    parts.rotate_secrets = [] { return Result<store::SecretsState>(store::SecretsState{3, 0}); };
    parts.begin_erasure = [this, erasing = servicing::Erasing(settings)](auto&&... asked) {
        Result<servicing::ErasureRow> begun;
        const auto stored = store_->write([&](store::Transaction& unit) {
            begun = erasing.begin({unit, unit}, asked...);
            return Result<void>();
        });
        return stored ? begun : std::unexpected(stored.error());
    };
    api_ = std::make_unique<Api>(std::move(parts));
    server_ = start_server(
        settings_,
        [this](Request request, Respond respond) {
            api_->handle(std::move(request), std::move(respond));
        },
        [this](int) { ++refused_; });
    for (const std::string role : {"agent", "admin"})
        tokens_[role] = make_token(role);
}

void ApiTest::TearDown() {
    api_->stop();
    server_->stop();
    for (const auto& line : logged_)
        ADD_FAILURE() << "the hub logged: " << line;
    store_->stop();
    store_.reset();
    std::filesystem::remove_all(folder_);
}

Result<void> ApiTest::load_flows(const std::vector<flows::FlowFile>& files) {
    return store_->write([&](store::Transaction& unit) -> Result<void> {
        library_.load(unit, ++now_, files);
        return {};
    });
}

Operations ApiTest::operations() {
    Operations out;
    out.reload_flows = [this] { return load_flows({}); };
    out.accept = [this](routing::InboxMessage message, Operations::Done done) {
        if (!accepting_)
            return done(fail(ErrorKind::Unavailable, "store_not_writable", "The disk is full."));
        store_->write(
            [message](store::Transaction& transaction) -> Result<void> {
                transaction.accept(message);
                return {};
            },
            [this, done](Result<void> outcome) {
                done(std::move(outcome));
                api_->committed();
            });
    };
    const auto to = [this](routing::DeliveryState state) {
        return [this, state](const std::string& id, const auto&) { return decide(id, state); };
    };
    out.retry_delivery = to(routing::DeliveryState::waiting);
    out.park_delivery = to(routing::DeliveryState::parked);
    out.drop_delivery = [this](const std::string& id, const std::string&, const auto&) {
        return decide(id, routing::DeliveryState::dropped);
    };
    out.check_subscriber = [](const std::string& url) -> Result<void> {
        if (url.starts_with("https://")) return {};
        return fail(ErrorKind::Invalid, "address_refused", "https only");
    };
    out.subscriptions_changed = [this] { ++subscriptions_changed_; };
    out.test_subscription = [](const std::string& id) -> Result<json::object> {
        if (id == "sub_none") return fail(ErrorKind::NotFound, "no_subscription", "there is none");
        return json::object{{"subscription", id},
                            {"event", "ev_test"},
                            {"delivered", false},
                            {"status", 503},
                            {"message", "the subscriber answered 503"}};
    };
    out.retry_message = [this](std::int64_t sequence, const auto&) {
        return store_->write([sequence](store::Transaction& transaction) -> Result<void> {
            auto message = transaction.message(sequence);
            if (!message) return fail(ErrorKind::NotFound, "no_such_message", "No such message.");
            if (message->state != routing::InboxState::parked)
                return fail(ErrorKind::Conflict, "not_parked", "It is not parked.");
            message->state = routing::InboxState::waiting;
            transaction.update(*message);
            return {};
        });
    };
    bind_parked_work(out, *desk_);
    out.start_replay = [this](routing::Replay wanted,
                              const routing::Actor& actor) -> Result<routing::Replay> {
        wanted.actor = actor.name;
        wanted.id = "rp_1";
        wanted.state = "running";
        ORDERHUB_TRY(store_->write([&](store::Transaction& unit) -> Result<void> {
            if (unit.running_replay())
                return fail(ErrorKind::Conflict, "running", "Another replay is running.");
            unit.save(wanted);
            return {};
        }));
        return wanted;
    };
    out.cancel_replay = [](const std::string& id, const auto&) -> Result<void> {
        if (id == "rp_1") return {};
        return fail(ErrorKind::NotFound, "no_such_replay", "There is no such replay.");
    };
    out.reload_connector = [](const std::string& name, const auto&) -> Result<json::object> {
        if (name != "shop") return fail(ErrorKind::NotFound, "no_such_connector", "There is none.");
        return json::object{{"connector", name}, {"from", "1.0.0"}, {"to", "1.1.0"}};
    };
    out.resume_connector = [](const std::string& name, const auto&) -> Result<void> {
        if (name == "shop") return {};
        return fail(ErrorKind::NotFound, "no_such_connector", "There is none.");
    };
    out.start_import = [](auto&&...) { return Result<void>(); };
    out.cancel_import = [](auto&&...) { return Result<void>(); };
    out.import_progress = [](const std::string& connector) -> Result<json::object> {
        return json::object{{"connector", connector}, {"state", "running"}, {"records", 0}};
    };
    const auto run = [](const std::string& id, std::int64_t from, std::int64_t to) {
        return json::object{
            {"id", id},
            {"state", "running"},
            {"from", rfc3339(from)},
            {"to", rfc3339(to)},
            {"asked", json::array{json::object{{"connector", "shop"}, {"records", 0}}}},
            {"counts", nullptr},
            {"items", json::array{}},
            {"error", nullptr}};
    };
    out.start_reconciliation = [run](std::int64_t from, std::int64_t to,
                                     const std::string& connector) -> Result<json::object> {
        if (connector == "desk")
            return fail(ErrorKind::Invalid, "cannot_be_asked",
                        "The connector desk cannot be asked what it has.", "/connector");
        return run("rc_1", from, to);
    };
    out.reconciliation = [run](const std::string& id) -> Result<json::object> {
        if (id != "rc_1") return fail(ErrorKind::NotFound, "no_such_reconciliation", "Not kept.");
        return run(id, 0, 1);
    };
    out.connector_state = [](const std::string&) { return json::object{}; };
    return out;
}

Result<void> ApiTest::decide(const std::string& id, routing::DeliveryState state) {
    return store_->write([&](store::Transaction& transaction) -> Result<void> {
        auto delivery = transaction.delivery(id);
        if (!delivery) return fail(ErrorKind::NotFound, "no_such_delivery", "No such delivery.");
        if (delivery->state == routing::DeliveryState::done)
            return fail(ErrorKind::Conflict, "delivery_is_done", "It is done.");
        delivery->state = state;
        transaction.update(*delivery);
        return {};
    });
}

std::string ApiTest::make_token(const std::string& role) {
    std::string secret;
    const auto outcome = store_->write([&](store::Transaction& transaction) -> Result<void> {
        auto made = create_token(transaction, make_id(now_), now_, {"test " + role, role});
        if (!made) return std::unexpected(made.error());
        secret = made->at("token").as_string();
        return {};
    });
    EXPECT_TRUE(outcome);
    return secret;
}

Reply ApiTest::call(const std::string& method, const std::string& path, const std::string& token,
                    const std::string& body, Headers headers) {
    httplib::Client client("127.0.0.1", server_->port());
    client.set_read_timeout(120, 0);
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    for (const auto& [name, value] : headers)
        request.set_header(name, value);
    if (!token.empty()) {
        const auto known = tokens_.find(token);
        request.set_header("Authorization",
                           "Bearer " + (known == tokens_.end() ? token : known->second));
    }
    const auto result = client.send(request);
    if (!result) {
        ADD_FAILURE() << method << " " << path << ": " << httplib::to_string(result.error());
        return {};
    }
    Reply reply{result->status, {}, result->body};
    for (const auto& [name, value] : result->headers) {
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return std::tolower(c); });
        reply.headers[lower] = value;
    }
    return reply;
}

Reply ApiTest::send(const std::string& method, const std::string& path, const json::value& body,
                    const std::string& token, Headers headers) {
    headers.emplace_back("Content-Type", "application/json");
    return call(method, path, token, json::serialize(body), std::move(headers));
}

std::string ApiTest::import_order(const json::object& record) {
    std::string id;
    const auto outcome = store_->write([&](store::Transaction& transaction) -> Result<void> {
        ORDERHUB_TRY(service_->apply_record(transaction, {"connector:shop", "t", ++now_}, "shop",
                                            "order", json::serialize(record)));
        id = transaction.order_by_source("shop", "77")->id;
        return {};
    });
    EXPECT_TRUE(outcome) << outcome.error().message << outcome.error().field;
    return id;
}

std::string ApiTest::import_case() {
    const json::object record{
        {"source", {{"external_id", "9"}, {"observed_at", "2026-11-22T10:00:00Z"}}},
        {"subject", "Where is my parcel?"},
        {"state", "open"},
        {"created_at", "2026-11-22T09:00:00Z"},
        {"requester", {{"email", "someone@example.com"}}}};
    std::string id;
    const auto outcome = store_->write([&](store::Transaction& transaction) -> Result<void> {
        ORDERHUB_TRY(service_->apply_record(transaction, {"connector:shop", "t", ++now_}, "shop",
                                            "case", json::serialize(record)));
        id = transaction.case_by_source("shop", "9")->id;
        return {};
    });
    EXPECT_TRUE(outcome) << outcome.error().message << outcome.error().field;
    return id;
}

std::string ApiTest::submit_return(const std::string& order_id, const std::string& key,
                                   int quantity) {
    const auto etag = call("GET", "/api/v1/orders/" + order_id).headers["etag"];
    const auto reply =
        send("POST", "/api/v1/orders/" + order_id + "/actions/return:submit",
             json::object{
                 {"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", quantity}}}},
                 {"reason", "broken"}},
             "agent", {{"If-Match", etag}, {"Idempotency-Key", key}});
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.body;
}

std::string ApiTest::raw(const std::string& bytes) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const timeval patience{20, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
    }
    std::string answer;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(count));
    ::close(socket);
    return answer;
}

}  // namespace orderhub::http
