#include <boost/json/parse.hpp>
#include <map>
#include <mutex>
#include <string>

#include "hub/schemas/embedded.hpp"
#include "hub/schemas/schema.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::schemas {
namespace {

/// Compiled at first use: a hub that starts need not wait for all of them.
class Registry {
public:
    Result<Schema> schema(std::string_view name) {
        const std::lock_guard lock(mutex_);
        if (const auto found = compiled_.find(name); found != compiled_.end()) return found->second;
        auto made = make(name);
        if (made) compiled_.emplace(name, *made);
        return made;
    }

private:
    static Result<Schema> make(std::string_view name) {
        const std::size_t hash = name.find('#');
        const std::string_view text = find(name.substr(0, hash));
        if (text.empty())
            return fail(ErrorKind::NotFound, "no_schema",
                        "there is no schema " + std::string(name));
        const std::string_view fragment = hash == name.npos ? "" : name.substr(hash + 1);
        return Schema::compile(boost::json::parse(text), fragment);
    }

    std::mutex mutex_;
    std::map<std::string, Schema, std::less<>> compiled_;
};

}  // namespace

std::string_view find(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return kTexts[i];
    return {};
}

std::span<const std::string_view> names() {
    return kNames;
}

Result<void> validate(std::string_view name, const boost::json::value& value) {
    static Registry registry;
    const auto schema = registry.schema(name);
    if (!schema) return std::unexpected(schema.error());
    return schema->validate(value);
}

}  // namespace orderhub::schemas
