#include "hub/http/openapi.hpp"

#include <boost/json/parse.hpp>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

#include "hub/schemas/schema.hpp"

namespace orderhub::http {

namespace {

/// Compiles each schema when it is first asked for.
class Schemas {
public:
    const schemas::Schema& find(std::string_view name) {
        const std::lock_guard lock(mutex_);
        const auto known = compiled_.find(name);
        if (known != compiled_.end()) return known->second;
        auto schema =
            schemas::Schema::compile(document_, "/components/schemas/" + std::string(name));
        if (!schema) throw std::logic_error("openapi.yaml: " + schema.error().message);
        return compiled_.emplace(name, std::move(*schema)).first->second;
    }

private:
    std::mutex mutex_;
    boost::json::value document_ = boost::json::parse(openapi_text());
    std::map<std::string, schemas::Schema, std::less<>> compiled_;
};

}  // namespace

Result<void> check_against(std::string_view schema, const boost::json::value& value) {
    static Schemas all;
    return all.find(schema).validate(value);
}

}  // namespace orderhub::http
