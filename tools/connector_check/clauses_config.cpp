// What the hub and the connector say to a wrong configuration.
#include <algorithm>
#include <boost/json/parse.hpp>

#include "clauses.hpp"
#include "peer.hpp"

namespace orderhub::kit {
namespace {

/// A whole configuration, secrets among the rest.
struct Entries {
    json::object config;
    Texts secrets;
};

class ConfigCheck {
public:
    explicit ConfigCheck(Check& check)
        : check_(check),
          peer_(check.subject.script),
          base_{config_for(check.subject, peer_.address()), check.subject.secrets},
          schema_(json::parse(check.subject.manifest.config_schema).as_object()) {}

    /// "" if an instance was made, else the error's words.
    std::string refusal(const Entries& entries) {
        Stage stage(check_.subject, peer_.address());
        const auto started = stage.start(entries.config, entries.secrets);
        return started ? "" : started.error().message;
    }

    void expect_refused(const Entries& entries, const std::string& where, const std::string& key) {
        check_.trying(where);
        const std::string words = refusal(entries);
        check_.expect(!words.empty(), where, "refused", "it was accepted");
        check_.expect(words.empty() || words.contains(key), where,
                      "refused in words that name " + key, words);
    }

    /// Accepted, or refused in words that help.
    void expect_words(const Entries& entries, const std::string& where, const std::string& key) {
        check_.trying(where);
        const std::string words = refusal(entries);
        check_.expect(words.empty() || words.contains(key), where,
                      "accepted, or refused in words that name " + key, words);
    }

    /// False, with the fault reported, if what the check file says is refused: then nothing can be
    /// learnt from changing it.
    bool base_is_good() {
        const std::string words = refusal(base_);
        check_.expect(words.empty(), "the check file's configuration", "an instance", words);
        return words.empty();
    }

    const Entries& base() const { return base_; }
    const json::object& schema() const { return schema_; }
    json::object properties() const {
        const json::value* all = schema_.if_contains("properties");
        return all ? all->as_object() : json::object{};
    }
    bool is_secret(std::string_view key) const { return base_.secrets.contains(key); }

private:
    Check& check_;
    Peer peer_;
    Entries base_;
    json::object schema_;
};

bool admits(const json::value& property, std::string_view type) {
    if (!property.is_object()) return true;
    const json::value* named = property.as_object().if_contains("type");
    if (!named) return !property.as_object().contains("enum");
    if (named->is_string()) return std::string_view(named->as_string()) == type;
    for (const json::value& each : named->as_array())
        if (std::string_view(each.as_string()) == type) return true;
    return false;
}

/// A value that the property cannot mean.
json::value of_wrong_type(const json::value& property) {
    if (!admits(property, "array")) return json::array{"kit", 1};
    return 17;
}

}  // namespace

namespace {

bool is_required(const ConfigCheck& config, std::string_view key) {
    const json::value* required = config.schema().if_contains("required");
    if (!required) return false;
    const auto& all = required->as_array();
    return std::ranges::any_of(all,
                               [&](const json::value& each) { return each.as_string() == key; });
}

}  // namespace

void check_config_missing(Check& check) {
    ConfigCheck config(check);
    if (!config.base_is_good()) return;
    for (const auto& [key, value] : config.base().config) {
        const std::string name(key);
        Entries entries = config.base();
        entries.config.erase(name);
        entries.secrets.erase(name);
        if (is_required(config, name))
            config.expect_refused(entries, name + " left out", name);
        else
            config.expect_words(entries, name + " left out", name);
    }
}

void check_config_type(Check& check) {
    ConfigCheck config(check);
    if (!config.base_is_good()) return;
    int tried = 0;
    for (const auto& [key, property] : config.properties()) {
        if (config.is_secret(key)) continue;
        Entries entries = config.base();
        entries.config[key] = of_wrong_type(property);
        config.expect_refused(entries, std::string(key) + " of a wrong type", std::string(key));
        ++tried;
    }
    if (tried == 0) check.not_applicable("there is no key but secrets, which are always text");
}

void check_config_unknown(Check& check) {
    ConfigCheck config(check);
    if (!config.base_is_good()) return;
    Entries entries = config.base();
    entries.config["kit_unknown_key"] = true;
    config.expect_refused(entries, "a key that nobody knows", "kit_unknown_key");
}

void check_config_edges(Check& check) {
    ConfigCheck config(check);
    if (!config.base_is_good()) return;
    const json::array values{"",
                             "x",
                             std::string(4000, 'k'),
                             "\xd0\x96\xe2\x82\xac \xf0\x9f\x98\x80 \" \\ \n",
                             "{{secret:none}}",
                             "../../etc/passwd",
                             0,
                             -1,
                             1,
                             std::int64_t{9'007'199'254'740'991},
                             true,
                             json::array{},
                             json::object{}};
    int tried = 0;
    for (const auto& [key, property] : config.properties())
        for (const json::value& value : values) {
            if (config.is_secret(key)) continue;
            Entries entries = config.base();
            entries.config[key] = value;
            check.trying(std::string(key) + " at an edge");
            config.refusal(entries);
            ++tried;
        }
    if (tried == 0) check.not_applicable("there is no key but secrets");
}

}  // namespace orderhub::kit
