#include "hub/http/answer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <ctime>

namespace orderhub::http {

Response json_answer(const boost::json::object& document, int status) {
    return {status, boost::json::serialize(document), "application/json", {}};
}

Response read_answer(store::Store& store,
                     const std::function<Result<boost::json::object>(store::Transaction&)>& make) {
    boost::json::object document;
    const auto outcome = store.read([&](store::Transaction& transaction) -> Result<void> {
        auto made = make(transaction);
        if (!made) return std::unexpected(std::move(made).error());
        document = std::move(*made);
        return {};
    });
    return outcome ? json_answer(document) : problem(outcome.error());
}

Response write_answer(store::Store& store,
                      const std::function<Result<boost::json::object>(store::Transaction&)>& make) {
    boost::json::object document;
    const auto outcome = store.write([&](store::Transaction& transaction) -> Result<void> {
        auto made = make(transaction);
        if (!made) return std::unexpected(std::move(made).error());
        document = std::move(*made);
        return {};
    });
    return outcome ? json_answer(document) : problem(outcome.error());
}

std::string rfc3339(std::int64_t instant_ms) {
    constexpr std::int64_t kSecond = 1000;
    const auto milliseconds = ((instant_ms % kSecond) + kSecond) % kSecond;
    const auto seconds = static_cast<std::time_t>((instant_ms - milliseconds) / kSecond);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), milliseconds);
}

}  // namespace orderhub::http
