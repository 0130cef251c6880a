#include "declared/settings.hpp"

#include <orderhub/instant.hpp>

#include "declared/dates.hpp"
#include "declared/schemas.hpp"

namespace orderhub::declared {
namespace {

std::optional<Rule> optional_rule(const Json& json, std::string_view key,
                                  const std::string& place) {
    const Json* found = json.find(key);
    return found ? std::optional(parse_rule(*found, place + std::string(key))) : std::nullopt;
}

std::optional<Reference> optional_reference(const Json& json, std::string_view key,
                                            const std::string& place) {
    const Json* found = json.find(key);
    return found ? std::optional(parse_reference(found->text(), place + std::string(key)))
                 : std::nullopt;
}

std::optional<Script> optional_script(const Json& json, std::string_view key,
                                      const std::string& place) {
    const Json* found = json.find(key);
    return found ? std::optional(parse_script(*found, place + std::string(key))) : std::nullopt;
}

std::int64_t number_or(const Json& json, std::string_view key, std::int64_t otherwise) {
    const Json* found = json.find(key);
    return found ? found->integer() : otherwise;
}

void need(const Json& config, std::string_view key, std::string_view why) {
    if (!config.find(key))
        throw ConfigError(std::string(key), "is missing; " + std::string(why) + " needs it");
}

sdk::Headers auth_of(const Json& config) {
    const std::string way = config["auth"].text_or_empty();
    if (way == "basic") {
        need(config, "username", "auth: basic");
        need(config, "password", "auth: basic");
        return {{"authorization", sdk::basic("username", "password")}};
    }
    if (way == "bearer") {
        need(config, "token", "auth: bearer");
        return {{"authorization", sdk::bearer("token")}};
    }
    if (way == "header") {
        need(config, "token", "auth: header");
        need(config, "auth_header", "auth: header");
        return {{config["auth_header"].text(),
                 config["auth_prefix"].text_or_empty() + sdk::secret("token")}};
    }
    if (way != "oauth2") return {};
    for (const std::string_view key : {"token_url", "client_id", "client_secret"})
        need(config, key, "auth: oauth2");
    return {{"authorization", sdk::oauth2_bearer()}};
}

Paging paging_of(const std::string& word) {
    if (word == "page") return Paging::page;
    if (word == "offset") return Paging::offset;
    if (word == "cursor") return Paging::cursor;
    return word == "link" ? Paging::link : Paging::none;
}

void read_window(const Json& json, ListRule& list) {
    list.changed_at = optional_rule(json, "changed_at", "list.");
    list.is_oldest_first = json["order"].text_or_empty() != "newest_first";
    if (const Json* form = json.find("from_format")) list.from_form = form->text();
    if (!is_date_format(list.from_form))
        throw ConfigError("list.from_format",
                          "expected rfc3339, unix, unix_ms, or a form like %Y-%m-%d %H:%M:%S");
    list.overlap_ms = number_or(json, "overlap_s", 60) * 1000;
    if (const Json* start = json.find("start")) {
        const auto at = sdk::from_rfc3339(start->text());
        if (!at) throw ConfigError("list.start", "expected an instant like 2026-11-01T00:00:00Z");
        list.start_ms = *at;
    }
}

ListRule to_list(const Json& json) {
    ListRule list;
    list.request = to_request(json, "list", "GET");
    list.items = parse_reference(json["items"].text_or_empty(), "list.items");
    list.paging = paging_of(json["paging"].text_or_empty());
    list.next = optional_reference(json, "next", "list.");
    list.more = optional_reference(json, "more", "list.");
    list.first_page = number_or(json, "first_page", 1);
    list.page_size = number_or(json, "page_size", 0);
    list.keeps_cursor = json["keep_cursor"].is_bool() && json["keep_cursor"].boolean();
    read_window(json, list);
    const bool is_counted = list.paging == Paging::page || list.paging == Paging::offset;
    if (is_counted && list.page_size == 0)
        throw ConfigError("list.page_size", "is missing; pages end where fewer come");
    if (list.paging == Paging::cursor && !list.next)
        throw ConfigError("list.next", "is missing; paging: cursor needs it");
    if (list.keeps_cursor && list.paging != Paging::cursor)
        throw ConfigError("list.keep_cursor", "needs paging: cursor");
    return list;
}

void read_messages(const Json& json, Settings& settings) {
    settings.has_messages = !json.is_null();
    settings.message_items = optional_reference(json, "items", "message.");
    settings.message_id = optional_rule(json, "id", "message.");
    settings.message_when = optional_script(json, "when", "message.");
    if (settings.message_id && !settings.read)
        throw ConfigError("read", "is missing; message.id needs it");
}

void read_reading(const Json& json, Settings& settings) {
    if (json.is_null()) return;
    settings.read = to_request(json, "read", "GET");
    settings.read_object = optional_reference(json, "object", "read.");
}

LookRule to_look(const Json& json, const std::string& place, const Shape& result) {
    LookRule look{to_request(json, place, "GET"), parse_rule(json["found"], place + ".found"),
                  optional_rule(json, "result", place + ".")};
    if (!json.find("found"))
        throw ConfigError(place + ".found", "is missing: what shows that it is there already");
    if (look.result) result.check(*look.result);
    return look;
}

CommandRule to_command(const Json& config, const Json& json, std::string_view kind) {
    const std::string place = "commands." + std::string(kind);
    const Shape result(schema_text("commands/" + std::string(kind)), "result");
    CommandRule command{
        to_request(json, place, "POST"), {}, optional_rule(json, "result", place + "."), {}};
    if (const Json* look = json.find("look"))
        command.look = to_look(*look, place + ".look", result);
    const Json& header =
        json.find("idempotency_header") ? json["idempotency_header"] : config["idempotency_header"];
    command.idempotency_header = header.text_or_empty();
    const bool may_repeat = json["may_repeat"].is_bool() && json["may_repeat"].boolean();
    if (!command.look && command.idempotency_header.empty() && !may_repeat)
        throw ConfigError(place,
                          "says not how a repeat is recognised: give look, idempotency_header, or "
                          "may_repeat: true");
    Rule none;
    none.kind = Rule::Kind::object;
    none.place = place + ".result";
    if (!command.result) command.result = none;
    result.check(*command.result);
    return command;
}

}  // namespace

Settings to_settings(const Json& config, const Kind& kind) {
    Settings settings;
    settings.base_url = config["base_url"].text();
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    settings.auth = auth_of(config);
    if (const Json* headers = config.find("headers"))
        for (const auto& [name, value] : headers->members())
            settings.headers.emplace_back(name, TextTemplate(value.text(), "headers." + name));
    settings.error = optional_reference(config, "error", "");
    settings.id = optional_rule(config, "id", "");
    if (const Json* record = config.find("record")) {
        settings.record = parse_rule(*record, "record");
        Shape(schema_text("records/" + std::string(kind.record))).check(settings.record);
    }
    read_reading(config["read"], settings);
    if (const Json* list = config.find("list")) settings.list = to_list(*list);
    read_messages(config["message"], settings);
    if ((settings.list || settings.has_messages) && !config.find("record"))
        throw ConfigError("record", "is missing; list and message need it");
    if (settings.read && settings.list && !settings.id)
        throw ConfigError("id", "is missing; read needs the id of a listed item");
    if (const Json* check = config.find("check"))
        settings.check = to_request(*check, "check", "GET");
    for (const auto& [name, command] :
         config["commands"].is_null() ? std::vector<Json::Member>() : config["commands"].members())
        settings.commands.emplace(name, to_command(config, command, name));
    return settings;
}

}  // namespace orderhub::declared
