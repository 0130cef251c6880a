// Internal to flows: what a step's scripts can name, read when it is first used.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "hub/flows/sandbox.hpp"

namespace orderhub::flows {

class Names {
public:
    using Read = std::function<Result<boost::json::value>()>;

    explicit Names(std::int64_t now_ms, std::uint64_t seed) {
        scope_.now_ms = now_ms;
        scope_.seed = seed;
        scope_.find = [this](std::string_view name) { return find(name); };
    }
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;

    /// Asked once, when a script names it.
    void offer(const std::string& name, Read read) { readers_[name] = std::move(read); }
    void set(const std::string& name, boost::json::value value) {
        values_[name] = std::move(value);
    }
    /// To be read anew.
    void forget(const std::string& name) { values_.erase(name); }
    void use(domain::Currency currency) { scope_.currency = std::move(currency); }

    /// Errors: the script's, or that of reading a value.
    Result<boost::json::value> run(const Script& script);
    /// The same for conditions: nothing and false are false. A condition that is neither true nor
    /// false is refused: a text or a number is a mistake there.
    Result<bool> holds(const Script& script);
    /// The written value with its scripts run: a text that is one script becomes what that gives,
    /// others become text.
    Result<boost::json::value> fill(const Flow& flow, const std::string& pointer,
                                    const boost::json::value& written);
    /// A text for people, with what its scripts give in it: money with its currency.
    Result<std::string> say(const Flow& flow, const std::string& pointer,
                            const boost::json::value& written);

private:
    const boost::json::value* find(std::string_view name);
    Result<boost::json::value> fill_text(const Flow& flow, const std::string& pointer,
                                         std::string_view text);

    Scope scope_;
    std::map<std::string, Read, std::less<>> readers_;
    std::map<std::string, boost::json::value, std::less<>> values_;
    std::optional<Error> error_;
};

/// "12.34 EUR" for money, text as it is, anything else as JSON.
std::string in_text(const boost::json::value& value);
/// Decimal text for money, everything else as it is: as the API's inputs are written.
boost::json::value as_input(boost::json::value value);

}  // namespace orderhub::flows
