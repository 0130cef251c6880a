#include "hub/schemas/yaml_file.hpp"

#include <yaml-cpp/yaml.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "hub/domain/pointer.hpp"

namespace orderhub::schemas {

namespace json = boost::json;

namespace {

constexpr int kMaxDepth = 64;

template <class Number>
std::optional<Number> to_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

json::value plain_scalar(const std::string& text) {
    if (text.empty() || text == "~" || text == "null") return nullptr;
    if (text == "true") return true;
    if (text == "false") return false;
    const bool numeric = std::string_view("+-0123456789").find(text.front()) != std::string::npos;
    if (!numeric) return json::value(text);
    if (const auto whole = to_number<std::int64_t>(text)) return *whole;
    if (const auto real = to_number<double>(text)) return *real;
    return json::value(text);
}

}  // namespace

std::string Complaint::text() const {
    return (line > 0 ? file + ":" + std::to_string(line) : file) + ": " + message;
}

class YamlReader {
public:
    YamlReader(YamlFile& file, std::vector<Complaint>& complaints)
        : file_(file), complaints_(complaints) {}

    json::value read(const YAML::Node& node, const std::string& at, int depth = 0) {
        file_.lines_.emplace(at, node.Mark().line + 1);
        if (depth > kMaxDepth) {
            complain(node, "nested deeper than " + std::to_string(kMaxDepth) + " levels");
            return nullptr;
        }
        if (node.IsMap()) return map(node, at, depth);
        if (node.IsSequence()) {
            json::array list;
            for (std::size_t i = 0; i < node.size(); ++i)
                list.push_back(read(node[i], at + "/" + std::to_string(i), depth + 1));
            return list;
        }
        if (!node.IsScalar()) return nullptr;
        return node.Tag() == "!" ? json::value(node.Scalar()) : plain_scalar(node.Scalar());
    }

private:
    json::value map(const YAML::Node& node, const std::string& at, int depth) {
        json::object object;
        for (const auto& entry : node) {
            if (!entry.first.IsScalar()) {
                complain(entry.first, "a key must be text");
                continue;
            }
            const auto& key = entry.first.Scalar();
            if (object.contains(key)) {
                complain(entry.first, "the key " + key + " is there twice; keep one");
                continue;
            }
            const auto pointer = pointer_below(at, key);
            file_.lines_.emplace(pointer, entry.first.Mark().line + 1);
            object.emplace(key, read(entry.second, pointer, depth + 1));
        }
        return object;
    }

    void complain(const YAML::Node& node, std::string message) {
        complaints_.push_back({file_.path_, node.Mark().line + 1, std::move(message)});
    }

    YamlFile& file_;
    std::vector<Complaint>& complaints_;
};

YamlFile YamlFile::parse(std::string path, const std::string& text,
                         std::vector<Complaint>& complaints) {
    YamlFile file;
    file.path_ = std::move(path);
    try {
        const auto root = YAML::Load(text);
        file.value_ = YamlReader(file, complaints).read(root, "");
    } catch (const YAML::Exception& error) {
        complaints.push_back({file.path_, error.mark.line + 1, "not valid YAML: " + error.msg});
    }
    return file;
}

YamlFile YamlFile::read(const std::string& path, std::vector<Complaint>& complaints) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        complaints.push_back({path, 0, "cannot be read; give the path of a configuration file"});
        return {};
    }
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    return parse(path, text, complaints);
}

int YamlFile::line_of(std::string_view pointer) const {
    for (;;) {
        const auto found = lines_.find(pointer);
        if (found != lines_.end()) return found->second;
        if (pointer.empty()) return 1;
        pointer = pointer.substr(0, pointer.rfind('/'));
    }
}

}  // namespace orderhub::schemas
