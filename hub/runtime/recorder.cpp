#include "hub/runtime/recorder.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <map>
#include <orderhub/http.hpp>
#include <stdexcept>

#include "hub/connectors/inspection.hpp"
#include "hub/connectors/scrub.hpp"
#include "hub/connectors/taps.hpp"
#include "hub/runtime/config.hpp"
#include "hub/runtime/connector_desk.hpp"

namespace orderhub::runtime {
namespace {

namespace json = boost::json;
using connectors::CallResult;
using connectors::Header;
using sdk::view;

constexpr std::string_view kOutcomes[] = {"done", "retry", "rejected", "unknown"};
constexpr std::string_view kExchanges[] = {"answered", "not_sent", "no_answer", "refused",
                                           "stopping"};

/// The scheme and host of an address: what a recording must not depend on.
std::string origin(std::string_view address) {
    const std::size_t host = address.find("//");
    if (host == address.npos) return {};
    return std::string(address.substr(0, std::min(address.find('/', host + 2), address.size())));
}

json::array headers_json(const std::vector<Header>& headers) {
    json::array all;
    for (const Header& header : headers)
        all.push_back(json::array{header.name, header.value});
    return all;
}

/// Writes one line for each thing that happens. On the connector thread while a call runs, else on
/// the recorder's own; never both.
class Recording {
public:
    Recording(const RecordOptions& options, const ConnectorConfig& connector)
        : scrubber_(options.scrub) {
        std::filesystem::create_directories(options.folder);
        file_.open(std::filesystem::path(options.folder) / "recording.jsonl");
        if (!file_) throw std::runtime_error(options.folder + ": cannot be written to");
        for (const auto& [key, value] : connector.config)
            if (value.is_string() && value.get_string().starts_with("http"))
                origins_.push_back(origin(value.get_string()));
        json::object config = scrubber_.document(connector.config).as_object();
        json::array secrets;
        for (const auto& [key, value] : connector.secrets) {
            config.erase(key);
            secrets.emplace_back(key);
        }
        write({{"recording", 1},
               {"connector", std::filesystem::path(connector.library).stem().string()},
               {"config", std::move(config)},
               {"secrets", std::move(secrets)}});
    }

    void call(json::object call) { write({{"call", scrubber_.document(call)}}); }

    void exchange(const oh_http_request& request, const connectors::WireAnswer& answer) {
        const std::string_view body = view(request.body);
        const bool is_login = body.contains("{{secret:");
        std::vector<Header> headers;
        for (std::size_t i = 0; i < request.header_count; ++i)
            headers.push_back({std::string(view(request.headers[i].name)),
                               std::string(view(request.headers[i].value))});
        const json::object asked{{"method", view(request.method)},
                                 {"url", scrubber_.url(view(request.url))},
                                 {"headers", headers_json(scrubber_.headers(headers))},
                                 {"body", is_login ? std::string(body) : scrubber_.body(body)}};
        const json::object answered{
            {"outcome", kExchanges[answer.outcome]},
            {"status", answer.status},
            {"headers", headers_json(scrubber_.headers(answer.headers))},
            {"body", is_login ? scrubber_.login_answer(answer.body) : scrubber_.body(answer.body)}};
        write({{"request", asked}, {"response", answered}});
        ++exchanges_;
    }

    void came_to(const CallResult& result) {
        json::array records;
        for (const auto& record : result.records)
            records.push_back(json::array{record.kind, scrubber_.plain(record.external_id)});
        write({{"came_to",
                json::object{{"outcome", kOutcomes[static_cast<std::size_t>(result.outcome)]},
                             {"code", result.code},
                             {"records", std::move(records)}}}});
    }

    int exchanges() const { return exchanges_; }

private:
    void write(const json::object& line) {
        std::string text = json::serialize(line);
        for (const std::string& each : origins_)
            for (std::size_t at = text.find(each); at != text.npos; at = text.find(each, at))
                text.replace(at, each.size(), "{{peer}}");
        file_ << text << std::endl;
    }

    connectors::Scrubber scrubber_;
    std::ofstream file_;
    std::vector<std::string> origins_;
    int exchanges_ = 0;
};

/// The instance by itself, its state in memory.
class Rehearsal {
public:
    Rehearsal(const connectors::InstanceSettings& connector, Recording& recording)
        : name_(connector.name), recording_(recording) {
        auto taps = std::make_shared<connectors::Taps>();
        taps->exchanged = [this](const auto& request, const auto& answer) {
            recording_.exchange(request, answer);
        };
        connectors::HostSettings settings;
        settings.taps = std::move(taps);
        host_ = connectors::make_host(settings, [this](const std::string&, const std::string& key) {
            const auto found = state_.find(key);
            return found == state_.end() ? std::string() : found->second;
        });
        const auto added = host_->add(connector);
        if (!added) throw std::runtime_error(added.error().message);
    }
    ~Rehearsal() { host_->stop(); }
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

    CallResult check() {
        return run({{"kind", "check"}}, [&](auto done) { instance().check(done); });
    }
    CallResult poll() {
        return run({{"kind", "poll"}}, [&](auto done) { instance().poll(cursor_, done); });
    }
    CallResult execute(const json::object& command) {
        const std::string kind(command.at("kind").as_string());
        const std::string key(command.at("key").as_string());
        json::object call = command;
        call["command"] = kind;
        call["kind"] = "execute";
        return run(std::move(call), [&](auto done) {
            instance().execute({kind, key, json::serialize(command.at("payload")), 1}, done);
        });
    }
    bool polls() { return instance().manifest().poll_interval.has_value(); }

private:
    connectors::Instance& instance() { return *host_->find(name_); }

    template <class Start>
    CallResult run(json::object call, Start start) {
        recording_.call(std::move(call));
        std::promise<CallResult> promise;
        start([&promise](CallResult result) { promise.set_value(std::move(result)); });
        CallResult result = promise.get_future().get();
        recording_.came_to(result);
        for (const auto& [key, value] : result.state)
            state_[key] = value;
        if (result.cursor) cursor_ = *result.cursor;
        return result;
    }

    const std::string name_;
    Recording& recording_;
    std::map<std::string, std::string> state_;
    std::string cursor_;
    std::unique_ptr<connectors::Host> host_;
};

json::object read_command(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path + ": cannot be read");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const json::value command = json::parse(text);
    for (const char* member : {"kind", "key", "payload"})
        if (!command.is_object() || !command.as_object().contains(member))
            throw std::runtime_error(path + ": expected an object with kind, key and payload");
    return command.as_object();
}

void tell(const std::string& what, const CallResult& result) {
    std::cout << what << ": " << kOutcomes[static_cast<std::size_t>(result.outcome)] << ", "
              << result.records.size() << " records";
    if (!result.message.empty()) std::cout << " (" << result.message << ")";
    std::cout << "\n";
}

void record_all(const RecordOptions& options, const Config& config,
                const ConnectorConfig& connector) {
    std::vector<json::object> commands;
    for (const std::string& path : options.commands)
        commands.push_back(read_command(path));
    Recording recording(options, connector);
    Rehearsal rehearsal(settings_of(config, connector), recording);
    tell("check", rehearsal.check());
    for (int i = 0; i < options.polls && rehearsal.polls(); ++i) {
        const CallResult result = rehearsal.poll();
        tell("poll", result);
        if (result.outcome != connectors::Outcome::done || result.records.empty()) break;
    }
    for (const json::object& command : commands)
        tell(std::string(command.at("kind").as_string()), rehearsal.execute(command));
    std::cout << recording.exchanges() << " exchanges in " << options.folder
              << "/recording.jsonl; read it before you give it away\n";
}

}  // namespace

int record_connector(const RecordOptions& options) {
    try {
        const auto config = load_config(options.config_file, connectors::inspect_library);
        if (!config) {
            for (const Complaint& complaint : config.error())
                std::cerr << complaint.text() << "\n";
            return 1;
        }
        for (const ConnectorConfig& connector : config->connectors)
            if (connector.name == options.connector) {
                record_all(options, *config, connector);
                return 0;
            }
        throw std::runtime_error("the configuration has no connector named " + options.connector);
    } catch (const std::exception& failure) {
        std::cerr << "orderhub: " << failure.what() << "\n";
        return 1;
    }
}

}  // namespace orderhub::runtime
