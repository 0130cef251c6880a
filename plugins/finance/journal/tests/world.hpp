// What the tests start from: a directory of their own, a configuration, documents.
#pragma once

#include <filesystem>
#include <orderhub/fake_host.hpp>
#include <string>

namespace orderhub::journal::test {

/// A new directory, gone at the end.
class Directory {
public:
    Directory();
    ~Directory();
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    std::string path() const { return path_.string(); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string content_of(const std::string& path);
void write(const std::string& path, const std::string& content);

/// `more` is laid over it, member by member.
sdk::Json config(const std::string& directory, const char* more = "{}");

/// The payload of a memo of one line.
sdk::Json memo(const std::string& number, const std::string& ex = "20.00",
               const std::string& tax = "3.80", const std::string& inc = "23.80",
               const std::string& currency = "EUR", const std::string& rate = "19");

}  // namespace orderhub::journal::test
