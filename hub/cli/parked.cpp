#include "hub/cli/parked.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace json = boost::json;

namespace {

Expected<json::object> filter_of(Session& session, const RetryOptions& options) {
    const auto order = resolved_order(session, options.work);
    if (!order) return std::unexpected(order.error());
    json::object filter;
    for (const auto& [name, value] :
         {std::pair<const char*, std::string>{"connector", options.work.connector},
          {"kind", options.work.kind},
          {"code", options.work.code},
          {"order", *order},
          {"older_than", options.work.older_than}})
        if (!value.empty()) filter[name] = value;
    filter["dry_run"] = options.dry_run;
    return filter;
}

std::string content_of(std::istream& from) {
    return {std::istreambuf_iterator<char>(from), {}};
}

}  // namespace

void add_work_options(CLI::App* command, WorkOptions& options) {
    command->add_option("--connector", options.connector, "Only those of this connector");
    command->add_option("--kind", options.kind, "Only commands, or records, of this kind");
    command->add_option("--code", options.code, "Only those with this error code");
    command->add_option("--order", options.order, "Only those of this order (id or number)");
    command->add_option("--older-than", options.older_than,
                        "Only those from before this day or instant, UTC");
}

Expected<std::string> resolved_order(Session& session, const WorkOptions& options) {
    if (options.order.empty()) return std::string();
    return order_id(session, options.order);
}

Expected<std::string> read_content(const std::string& file) {
    if (file == "-") return content_of(std::cin);
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return failed(kUsage, file + " cannot be read.");
    return content_of(stream);
}

Expected<int> retry_many(Session& session, const RetryOptions& options, const RetryTarget& target) {
    auto filter = filter_of(session, options);
    if (!filter) return std::unexpected(filter.error());
    std::int64_t count = 0;
    for (;;) {
        const auto answer = session.client.call({"POST", target.path, json::serialize(*filter)});
        if (!answer) return std::unexpected(answer.error());
        count += whole_number(answer->document, "/count");
        const json::value* next = answer->document.as_object().if_contains("next");
        if (next == nullptr || next->is_null()) break;
        (*filter)[target.next] = *next;
    }
    if (session.json)
        print(json::serialize(json::object{{"count", count}, {"dry_run", options.dry_run}}) + "\n");
    else
        print(fmt::format("{} parked {} {}.\n", count, target.what,
                          options.dry_run ? "would be tried again" : "are tried again"));
    return kOk;
}

}  // namespace orderhub::cli
