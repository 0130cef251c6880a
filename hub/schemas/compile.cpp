#include <algorithm>

#include "hub/domain/pointer.hpp"
#include "hub/schemas/node.hpp"

namespace orderhub::schemas {
namespace {

namespace json = boost::json;

struct BadSchema {
    std::string field;
    std::string message;
};

class Compiler {
public:
    Compiler(const json::value& document, std::map<std::string, Node>& nodes)
        : document_(document), nodes_(nodes) {}

    const Node* node_at(const std::string& pointer) {
        const auto [found, is_new] = nodes_.try_emplace(pointer);
        if (!is_new) return &found->second;
        boost::system::error_code error;
        const json::value* schema = document_.find_pointer(pointer, error);
        if (!schema) throw BadSchema{pointer, "refers to nothing"};
        fill(found->second, *schema, pointer);
        return &found->second;
    }

private:
    using Rule = void (Compiler::*)(Node&, const json::value&, const std::string&);

    void fill(Node& node, const json::value& schema, const std::string& at) {
        if (schema.is_bool()) {
            node.allows_nothing = !schema.as_bool();
            return;
        }
        if (!schema.is_object()) throw BadSchema{at, "a schema must be an object or a truth value"};
        for (const auto& [keyword, value] : schema.as_object()) {
            const auto rule = rules().find(std::string_view(keyword));
            if (rule == rules().end())
                throw BadSchema{pointer_below(at, keyword), "this keyword is not supported"};
            if (rule->second) (this->*rule->second)(node, value, pointer_below(at, keyword));
        }
    }

    void ref(Node& node, const json::value& value, const std::string& at) {
        const std::string text = string(value, at);
        if (!text.starts_with('#')) throw BadSchema{at, "only references within the document"};
        node.ref = node_at(text.substr(1));
    }
    void defs(Node&, const json::value& value, const std::string& at) {
        for (const auto& [name, schema] : object(value, at))
            node_at(pointer_below(at, name));
    }
    void type(Node& node, const json::value& value, const std::string& at) {
        if (value.is_array())
            node.types = strings(value, at);
        else
            node.types = {string(value, at)};
        for (const std::string& name : node.types) {
            const auto known = std::ranges::find(kTypes, name);
            if (known == kTypes.end()) throw BadSchema{at, "no such type: " + name};
            node.type_bits |= 1U << static_cast<unsigned>(known - kTypes.begin());
        }
    }
    void values(Node& node, const json::value& value, const std::string& at) {
        const json::array& list = array(value, at);
        node.one_of_values.emplace(list.begin(), list.end());
    }
    void constant(Node& node, const json::value& value, const std::string&) {
        node.one_of_values.emplace({value});
    }
    void properties(Node& node, const json::value& value, const std::string& at) {
        for (const auto& [name, schema] : object(value, at))
            node.properties.emplace(name, node_at(pointer_below(at, name)));
    }
    void required(Node& node, const json::value& value, const std::string& at) {
        node.required = strings(value, at);
    }
    void additional(Node& node, const json::value&, const std::string& at) {
        node.additional = node_at(at);
    }
    void property_names(Node& node, const json::value&, const std::string& at) {
        node.property_names = node_at(at);
    }
    void items(Node& node, const json::value&, const std::string& at) { node.items = node_at(at); }
    void unique(Node& node, const json::value& value, const std::string& at) {
        if (!value.is_bool()) throw BadSchema{at, "must be a truth value"};
        node.unique_items = value.as_bool();
    }
    void any_of(Node& node, const json::value& value, const std::string& at) {
        for (std::size_t i = 0; i < array(value, at).size(); ++i)
            node.any_of.push_back(node_at(pointer_below(at, std::to_string(i))));
    }
    void pattern(Node& node, const json::value& value, const std::string& at) {
        std::string text = string(value, at);
        if (auto plain = PlainPattern::parse(text)) {
            node.pattern = Pattern{std::move(text), std::move(plain), boost::regex()};
            return;
        }
        boost::regex regex(text, boost::regex::perl | boost::regex::no_except |
                                     boost::regex::no_mod_m | boost::regex::no_mod_s);
        if (regex.status() != 0) throw BadSchema{at, "is not a regular expression"};
        node.pattern = Pattern{std::move(text), {}, std::move(regex)};
    }
    template <Limits Node::* limits, std::optional<std::uint64_t> Limits::* end>
    void limit(Node& node, const json::value& value, const std::string& at) {
        if (!value.is_int64() || value.as_int64() < 0)
            throw BadSchema{at, "must be an integer of at least 0"};
        node.*limits.*end = static_cast<std::uint64_t>(value.as_int64());
    }
    template <std::optional<json::value> Node::* bound>
    void number(Node& node, const json::value& value, const std::string& at) {
        if (!value.is_number()) throw BadSchema{at, "must be a number"};
        node.*bound = value;
    }

    static const std::map<std::string_view, Rule>& rules() {
        static const std::map<std::string_view, Rule> table{
            {"$schema", nullptr},
            {"$id", nullptr},
            {"$comment", nullptr},
            {"title", nullptr},
            {"description", nullptr},
            {"default", nullptr},
            {"examples", nullptr},
            {"deprecated", nullptr},
            {"format", nullptr},
            {"$ref", &Compiler::ref},
            {"$defs", &Compiler::defs},
            {"type", &Compiler::type},
            {"enum", &Compiler::values},
            {"const", &Compiler::constant},
            {"properties", &Compiler::properties},
            {"required", &Compiler::required},
            {"additionalProperties", &Compiler::additional},
            {"propertyNames", &Compiler::property_names},
            {"minProperties", &Compiler::limit<&Node::property_count, &Limits::min>},
            {"maxProperties", &Compiler::limit<&Node::property_count, &Limits::max>},
            {"items", &Compiler::items},
            {"minItems", &Compiler::limit<&Node::item_count, &Limits::min>},
            {"maxItems", &Compiler::limit<&Node::item_count, &Limits::max>},
            {"uniqueItems", &Compiler::unique},
            {"pattern", &Compiler::pattern},
            {"minLength", &Compiler::limit<&Node::length, &Limits::min>},
            {"maxLength", &Compiler::limit<&Node::length, &Limits::max>},
            {"minimum", &Compiler::number<&Node::minimum>},
            {"maximum", &Compiler::number<&Node::maximum>},
            {"anyOf", &Compiler::any_of},
        };
        return table;
    }

    static const json::object& object(const json::value& value, const std::string& at) {
        if (!value.is_object()) throw BadSchema{at, "must be an object"};
        return value.as_object();
    }
    static const json::array& array(const json::value& value, const std::string& at) {
        if (!value.is_array()) throw BadSchema{at, "must be a list"};
        return value.as_array();
    }
    static std::string string(const json::value& value, const std::string& at) {
        if (!value.is_string()) throw BadSchema{at, "must be text"};
        return std::string(value.as_string());
    }
    static std::vector<std::string> strings(const json::value& value, const std::string& at) {
        std::vector<std::string> texts;
        for (const json::value& entry : array(value, at))
            texts.push_back(string(entry, at));
        return texts;
    }

    const json::value& document_;
    std::map<std::string, Node>& nodes_;
};

/// Refuses a schema that applies itself to the same value again: checking would never end.
void refuse_loops(const Node& node, std::vector<const Node*>& path) {
    if (std::ranges::find(path, &node) != path.end())
        throw BadSchema{"", "a part of it refers to itself"};
    path.push_back(&node);
    if (node.ref) refuse_loops(*node.ref, path);
    for (const Node* one : node.any_of)
        refuse_loops(*one, path);
    path.pop_back();
}

}  // namespace

Schema::Schema(std::shared_ptr<const Document> document, const Node* root)
    : document_(std::move(document)), root_(root) {}

Result<Schema> Schema::compile(const json::value& document, std::string_view fragment) {
    auto compiled = std::make_shared<Document>();
    compiled->text = document;
    try {
        Compiler compiler(compiled->text, compiled->nodes);
        compiler.node_at("");
        const Node* root = compiler.node_at(std::string(fragment));
        std::vector<const Node*> path;
        for (const auto& [pointer, node] : compiled->nodes)
            refuse_loops(node, path);
        return Schema(std::move(compiled), root);
    } catch (BadSchema& bad) {
        return fail(ErrorKind::Invalid, "bad_schema", bad.field + ": " + bad.message, bad.field);
    }
}

}  // namespace orderhub::schemas
