#include "hub/runtime/logging.hpp"

#include <fmt/chrono.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <mutex>

namespace orderhub::runtime {

namespace {

constexpr std::size_t kShortestMasked = 4;
constexpr const char* kHub = "orderhub";

std::string_view view(spdlog::string_view_t text) {
    return {text.data(), text.size()};
}

std::string instant(spdlog::log_clock::time_point time) {
    using std::chrono::duration_cast, std::chrono::milliseconds;
    const auto count = duration_cast<milliseconds>(time.time_since_epoch()).count();
    const auto second = fmt::gmtime(spdlog::log_clock::to_time_t(time));
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", second, count % 1000);
}

class MaskingSink : public spdlog::sinks::base_sink<std::mutex> {
public:
    MaskingSink(bool json, std::vector<std::string> secrets)
        : json_(json), secrets_(std::move(secrets)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        const auto text = mask(std::string(view(message.payload)), secrets_);
        const auto level = view(spdlog::level::to_string_view(message.level));
        std::string line;
        if (json_)
            line = boost::json::serialize(boost::json::object{{"at", instant(message.time)},
                                                              {"level", level},
                                                              {"logger", view(message.logger_name)},
                                                              {"message", text}});
        else
            line = fmt::format("{} {:5} {}{}", instant(message.time), level,
                               whose(view(message.logger_name)), one_line(text));
        line += '\n';
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    void flush_() override { std::fflush(stderr); }

private:
    /// A connector's lines begin with its name.
    static std::string whose(std::string_view logger) {
        return logger == kHub ? "" : std::string(logger) + ": ";
    }

    static std::string one_line(std::string text) {
        for (char& c : text)
            if (static_cast<unsigned char>(c) < ' ') c = ' ';
        return text;
    }

    bool json_;
    std::vector<std::string> secrets_;
};

}  // namespace

std::string mask(std::string text, const std::vector<std::string>& secrets) {
    for (const auto& secret : secrets) {
        if (secret.size() < kShortestMasked) continue;
        for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + 3))
            text.replace(at, secret.size(), "***");
    }
    return text;
}

std::shared_ptr<spdlog::logger> start_log(const LogConfig& config,
                                          std::vector<std::string> secrets) {
    auto sink = std::make_shared<MaskingSink>(config.format == "json", std::move(secrets));
    auto logger = std::make_shared<spdlog::logger>(kHub, std::move(sink));
    logger->set_level(spdlog::level::from_str(config.level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
    return logger;
}

}  // namespace orderhub::runtime
