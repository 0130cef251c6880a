#include "script.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "hub/runtime/yaml_file.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::kit {
namespace {

auto bad(std::string message) {
    return fail(ErrorKind::Invalid, "bad_check_file", std::move(message));
}

/// Reads one part after the other of a document that its schema has accepted.
class ScriptReader {
public:
    explicit ScriptReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::string problem;  ///< the first one; what was read then is of no use

    Script read(const json::object& from) {
        Script script;
        if (const auto* config = from.if_contains("config")) script.config = config->as_object();
        script.secrets = texts(from, "secrets");
        script.redirect = list(from, "redirect");
        if (const auto* check = from.if_contains("check"))
            script.check_given = list(check->as_object(), "given");
        each(from, "exchanges", [&](const json::object& one) {
            script.exchanges.push_back(exchange(one, script.exchanges.size()));
        });
        if (const auto* poll = from.if_contains("poll"))
            script.poll = poll_sample(poll->as_object());
        each(from, "messages", [&](const json::object& one) {
            script.messages.push_back(message(one, script.messages.size()));
        });
        each(from, "commands", [&](const json::object& one) {
            script.commands.push_back(command(one, script.commands.size()));
        });
        return script;
    }

private:
    static std::string text(const json::object& from, std::string_view key,
                            std::string otherwise = {}) {
        const json::value* value = from.if_contains(key);
        return value ? std::string(value->as_string()) : std::move(otherwise);
    }
    static bool flag(const json::object& from, std::string_view key) {
        const json::value* value = from.if_contains(key);
        return value && value->as_bool();
    }
    static std::string scalar(const json::value& value) {
        return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    }
    static Texts texts(const json::object& from, std::string_view key) {
        Texts all;
        if (const json::value* object = from.if_contains(key))
            for (const auto& [name, value] : object->as_object())
                all[std::string(name)] = scalar(value);
        return all;
    }
    static Texts headers(const json::object& from) {
        Texts all;
        for (auto& [name, value] : texts(from, "headers")) {
            std::string lower = name;
            std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
                return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
            });
            all[lower] = value;
        }
        return all;
    }
    static std::vector<std::string> list(const json::object& from, std::string_view key) {
        std::vector<std::string> all;
        const json::value* value = from.if_contains(key);
        if (value && value->is_string()) all.emplace_back(value->as_string());
        if (value && value->is_array())
            for (const json::value& one : value->as_array())
                all.push_back(scalar(one));
        return all;
    }
    template <class Take>
    static void each(const json::object& from, std::string_view key, Take take) {
        if (const json::value* all = from.if_contains(key))
            for (const json::value& one : all->as_array())
                take(one.as_object());
    }

    std::string file_text(const std::string& name) {
        std::ifstream file(folder_ / name, std::ios::binary);
        if (!file && problem.empty())
            problem = (folder_ / name).string() + ": the file cannot be read";
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::optional<json::value> json_of(const json::object& from) {
        if (const json::value* value = from.if_contains("json")) return *value;
        const json::value* name = from.if_contains("json_file");
        if (!name) return std::nullopt;
        json::error_code error;
        json::value parsed = json::parse(file_text(std::string(name->as_string())), error);
        if (error && problem.empty())
            problem = (folder_ / std::string(name->as_string())).string() + ": " + error.message();
        return parsed;
    }

    Exchange exchange(const json::object& from, std::size_t index) {
        Exchange made;
        made.name = text(from, "name", "exchange " + std::to_string(index + 1));
        made.request = request(from.at("request").as_object());
        if (const auto* response = from.if_contains("response"))
            made.response = this->response(response->as_object());
        made.when = list(from, "when");
        made.effect = text(from, "effect");
        made.once_by = text(from, "once_by");
        made.may_repeat = flag(from, "may_repeat");
        made.auth = flag(from, "auth");
        if (!names_.insert(made.name).second && problem.empty())
            problem = "/exchanges: there are two named " + made.name;
        return made;
    }

    RequestPattern request(const json::object& from) {
        RequestPattern made;
        made.method = text(from, "method", "*");
        made.path = text(from, "path", "*");
        made.query = texts(from, "query");
        made.headers = headers(from);
        made.form = texts(from, "form");
        made.body = json_of(from);
        if (from.contains("text")) made.text = text(from, "text");
        return made;
    }

    ScriptedResponse response(const json::object& from) {
        ScriptedResponse made;
        if (const auto* status = from.if_contains("status"))
            made.status = static_cast<int>(status->as_int64());
        made.headers = headers(from);
        made.body = json_of(from);
        made.text = from.contains("file") ? file_text(text(from, "file")) : text(from, "text");
        if (const auto* shows = from.if_contains("shows"))
            for (const auto& [fact, changes] : shows->as_object())
                made.shows.emplace_back(fact, changes.as_object());
        return made;
    }

    static std::optional<ExpectedRecords> expected(const json::object& from) {
        const json::value* value = from.if_contains("expect");
        if (!value) return std::nullopt;
        ExpectedRecords all;
        for (const auto& [kind, ids] : value->as_object())
            for (const json::value& id : ids.as_array())
                all[std::string(kind)].push_back(scalar(id));
        return all;
    }

    static PollSample poll_sample(const json::object& from) {
        PollSample made{list(from, "given"), text(from, "cursor"), expected(from), {}, {}};
        if (const json::value* change = from.if_contains("change")) {
            made.change_after = text(change->as_object(), "after");
            made.change_expect = expected(change->as_object()).value_or(ExpectedRecords{});
        }
        return made;
    }

    MessageSample message(const json::object& from, std::size_t index) {
        MessageSample made;
        made.name = text(from, "name", "message " + std::to_string(index + 1));
        made.given = list(from, "given");
        made.headers = headers(from);
        made.content_type = text(from, "content_type", "application/json");
        const json::value* inline_body = from.if_contains("json");
        // Files go out byte for byte: what a parser makes of a number is not what was sent.
        for (const std::string_view key : {"file", "json_file"})
            if (from.contains(key)) made.body = file_text(text(from, key));
        if (inline_body) made.body = json::serialize(*inline_body);
        if (from.contains("text")) made.body = text(from, "text");
        made.expect = expected(from);
        return made;
    }

    CommandSample command(const json::object& from, std::size_t index) {
        CommandSample made;
        made.kind = text(from, "kind");
        made.name = text(from, "name", made.kind);
        made.given = list(from, "given");
        made.key = "kit-" + std::to_string(index + 1) + "-0f6b5a2c";
        made.payload = json::serialize(json_of(from).value_or(json::object{}));
        return made;
    }

    std::filesystem::path folder_;
    std::set<std::string> names_;
};

}  // namespace

Result<Script> read_script(const std::string& path) {
    std::vector<runtime::Complaint> complaints;
    const auto file = runtime::YamlFile::read(path, complaints);
    if (complaints.empty())
        if (const auto valid = schemas::validate("check.schema.json", file.value()); !valid)
            complaints.push_back(file.complaint(valid.error().field, valid.error().message));
    std::string all;
    for (const auto& complaint : complaints)
        all += (all.empty() ? "" : "\n") + complaint.text();
    if (!all.empty()) return bad(all);
    ScriptReader reader(std::filesystem::path(path).parent_path());
    Script script = reader.read(file.value().as_object());
    if (!reader.problem.empty()) return bad(path + ": " + reader.problem);
    script.path = path;
    return script;
}

}  // namespace orderhub::kit
