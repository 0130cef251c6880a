// A YAML file as JSON that remembers the line of every value.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::schemas {

/// Something wrong in the operator's file, and what to write instead.
struct Complaint {
    std::string file;
    int line = 0;  ///< from 1; 0 if no line is to blame
    std::string message;

    /// "FILE:LINE: message"
    std::string text() const;
};

class YamlFile {
public:
    /// Plain scalars become null, truth values, numbers or text as in YAML's core schema; quoted
    /// ones are text. A duplicate key, a key that is no text, or broken YAML is a complaint.
    static YamlFile read(const std::string& path, std::vector<Complaint>& complaints);
    static YamlFile parse(std::string path, const std::string& text,
                          std::vector<Complaint>& complaints);

    const boost::json::value& value() const { return value_; }
    const std::string& path() const { return path_; }
    /// The line of a JSON Pointer's value, or of the nearest thing around it.
    int line_of(std::string_view pointer) const;
    Complaint complaint(std::string_view pointer, std::string message) const {
        return {path_, line_of(pointer), std::move(message)};
    }

private:
    friend class YamlReader;
    std::string path_;
    boost::json::value value_;
    std::map<std::string, int, std::less<>> lines_;
};

}  // namespace orderhub::schemas
