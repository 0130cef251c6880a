#include "hub/cli/action_puts.hpp"

namespace orderhub::cli {

namespace json = boost::json;

Expected<void> put_text(const Written& written, json::object& input) {
    input[written.option.field] = written.word();
    return {};
}

Expected<void> put_true(const Written& written, json::object& input) {
    input[written.option.field] = true;
    return {};
}

Expected<void> put_value(const Written& written, json::object& input) {
    input[written.option.field] = written.option.value;
    return {};
}

Expected<void> put_basis(const Written& written, json::object& input) {
    input["basis"] = written.option.value;
    input["value"] = written.word();
    return {};
}

}  // namespace orderhub::cli
