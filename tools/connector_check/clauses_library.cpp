// The library itself: loading, symbols, manifest.
#include <dlfcn.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <thread>

#include "clauses.hpp"
#include "elf.hpp"
#include "hub/connectors/library.hpp"

namespace orderhub::kit {
namespace {

/// Nothing, with the fault reported, if the hub would not load it.
std::optional<connectors::Library> loaded(Check& check) {
    auto library = connectors::load_library(check.options.library);
    if (library) return std::move(*library);
    check.fail("loading", "the hub loads it",
               library.error().code + ": " + library.error().message);
    return std::nullopt;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
}

/// What a reader of the manifest would miss.
void check_config_entries(Check& check, const connectors::Manifest& manifest) {
    const json::value parsed = json::parse(manifest.config_schema);
    const json::object& schema = parsed.as_object();
    const json::value* listed = schema.if_contains("properties");
    const json::object properties = listed ? listed->as_object() : json::object{};
    for (const auto& [key, property] : properties) {
        const std::string name(key);
        const bool described =
            contains(manifest.secrets, name) ||
            (property.is_object() && property.as_object().contains("description"));
        check.expect(described, "/config/properties/" + name, "a description for the operator",
                     "none");
    }
    for (const std::string& secret : manifest.secrets)
        check.expect(properties.contains(secret), "/secrets",
                     "each secret is a property of /config", secret + " is none");
    for (const std::string& host : manifest.hosts)
        if (host.starts_with("config:"))
            check.expect(properties.contains(host.substr(7)), "/hosts",
                         "config:KEY names a property of /config", host);
    for (const std::string& directory : manifest.directories)
        if (directory.starts_with("config:"))
            check.expect(properties.contains(directory.substr(7)), "/directories",
                         "config:KEY names a property of /config", directory);
}

void check_functions(Check& check, const connectors::Library& library) {
    const auto& manifest = library.manifest;
    const auto matches = [&](bool has_function, bool is_declared, const std::string& function,
                             const std::string& entry) {
        check.expect(!has_function || is_declared, "function " + function,
                     "what the library can do stands in its manifest",
                     function + " is there, but no \"" + entry + "\"");
    };
    matches(library.table->receive != nullptr, manifest.webhook.has_value(), "receive", "webhook");
    matches(library.table->poll != nullptr, manifest.poll_interval.has_value(), "poll", "poll");
    matches(library.table->execute != nullptr, !manifest.commands.empty(), "execute", "commands");
}

}  // namespace

void check_load(Check& check) {
    const auto library = loaded(check);
    if (!library) return;
    const auto& manifest = library->manifest;
    tell_parent({{"about", manifest.name + " " + manifest.version + " (" + manifest.kind + ", " +
                               manifest.stability + "): " + manifest.summary}});
}

void check_symbols(Check& check) {
    const auto symbols = exported_symbols(check.options.library);
    if (!symbols) return check.fail("dynamic symbols", "an ELF library", symbols.error().message);
    for (const Symbol& symbol : *symbols) {
        check.expect(symbol.name == "orderhub_connector", "dynamic symbols",
                     "orderhub_connector alone", "also " + symbol.name);
        check.expect(!symbol.is_unique, "dynamic symbols", "no unique symbol",
                     symbol.name + " is one: the library could never be unloaded");
    }
}

void check_manifest(Check& check) {
    const auto library = loaded(check);
    if (!library) return;
    const auto& manifest = library->manifest;
    check.expect(manifest.summary.size() >= 10, "/summary", "a sentence", manifest.summary);
    const bool does_something = !manifest.records.empty() || !manifest.commands.empty();
    check.expect(does_something, "/records, /commands", "at least one of them has an entry",
                 "both are empty");
    const bool can_bring = manifest.poll_interval || manifest.webhook;
    check.expect(manifest.records.empty() || can_bring || !manifest.commands.empty(), "/records",
                 "a poll or a webhook that brings them", "neither");
    check_config_entries(check, manifest);
    check_functions(check, *library);
}

void check_describe(Check& check) {
    const auto library = loaded(check);
    if (!library) return;
    const std::string first = library->manifest.text;
    std::atomic<int> others{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 50; ++j) {
                const oh_str text = library->table->describe();
                others += std::string_view(text.data, text.len) != first;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    check.expect(others == 0, "200 calls on four threads", "the same text",
                 std::to_string(others) + " times another");
}

void check_reload(Check& check) {
    for (int i = 0; i < 3; ++i) {
        if (!loaded(check)) return;
        void* const still = ::dlopen(check.options.library.c_str(), RTLD_NOW | RTLD_NOLOAD);
        check.expect(still == nullptr, "after unloading", "it is gone from memory",
                     "it stays in memory");
        if (still) return;
    }
}

}  // namespace orderhub::kit
