#include "hub/http/openapi.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

#include "hub/schemas/schema.hpp"

namespace orderhub::http {

namespace {

/// components/schemas as a JSON Schema document of its own.
boost::json::value schema_document() {
    constexpr std::string_view kFrom = "#/components/schemas/";
    constexpr std::string_view kTo = "#/$defs/";
    std::string text(openapi_text());
    for (auto at = text.find(kFrom); at != text.npos; at = text.find(kFrom, at))
        text.replace(at, kFrom.size(), kTo);
    auto document = boost::json::parse(text);
    return boost::json::object{{"$defs", std::move(document.at("components").at("schemas"))}};
}

/// Compiles each schema when it is first asked for.
class Schemas {
public:
    const schemas::Schema& find(std::string_view name) {
        const std::lock_guard lock(mutex_);
        const auto known = compiled_.find(name);
        if (known != compiled_.end()) return known->second;
        auto schema = schemas::Schema::compile(document_, "/$defs/" + std::string(name));
        if (!schema) throw std::logic_error("openapi.yaml: " + schema.error().message);
        return compiled_.emplace(name, std::move(*schema)).first->second;
    }

private:
    std::mutex mutex_;
    boost::json::value document_ = schema_document();
    std::map<std::string, schemas::Schema, std::less<>> compiled_;
};

}  // namespace

Result<void> check_against(std::string_view schema, const boost::json::value& value) {
    static Schemas all;
    return all.find(schema).validate(value);
}

}  // namespace orderhub::http
